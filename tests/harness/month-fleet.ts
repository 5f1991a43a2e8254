import { createRandom, type Random } from "./random.ts";

export const STEP_MS = 300_000;
const STEPS_PER_HOUR = 12;

/** What a device measures and says in one step. */
export type MonthReport = {
  cpu: number;
  memory: number;
  /** Used percent of the file systems "/" and "/srv". */
  disks: readonly [number, number];
  isLastWord: boolean;
};

export type MonthDevice = {
  name: string;
  deviceClass: "server" | "desktop" | "laptop";
  tags: readonly string[];
  /** The public network that it reports from; null for none. */
  network: string | null;
};

export type SimulatedDevice = MonthDevice & {
  /** Its report of the next step; null when it sends none. */
  next(): MonthReport | null;
};

/** Two sites, each behind a network of its own; the other devices are at none. */
export type MonthSite = "north" | "south";

/** Steps during which the devices of some sites cannot reach the server. */
export type SiteCut = { from: number; to: number; sites: readonly MonthSite[] };

const NETWORKS = { north: "203.0.113.1", south: "203.0.113.2" } as const;

/** Devices that live by chance: sleeping laptops, dying servers, flapping links, sites that are cut off. The same ones for the same seed. */
export function createMonthFleet(count: number, seed: number, cuts: readonly SiteCut[]): SimulatedDevice[] {
  return Array.from({ length: count }, (_, index) => createDevice(index, createRandom(seed + index), cuts));
}

function createDevice(index: number, random: Random, cuts: readonly SiteCut[]): SimulatedDevice {
  const deviceClass = (["server", "laptop", "server", "desktop", "laptop"] as const)[index % 5] ?? "server";
  const site = siteOf(index % 10);
  const isPresent = createPresence(deviceClass, index % 16 === 0, random);
  const cpu = createLoad(random, 20, 0.02);
  const memory = createLoad(random, 55, 0.01);
  const disks = [createDisk(random), createDisk(random)] as const;
  let step = -1;
  let wasPresent = true;
  return {
    name: `${deviceClass}-${index}`,
    deviceClass,
    tags: [...(site === "north" ? [site] : []), ...(index % 3 === 0 ? ["web"] : [])],
    network: site && NETWORKS[site],
    next() {
      step += 1;
      const presence = isPresent();
      const isCutOff = cuts.some(
        ({ from, to, sites }) => site !== null && sites.includes(site) && step >= from && step < to,
      );
      const values = { cpu: cpu(), memory: memory(), disks: [disks[0](), disks[1]()] as const };
      const isLastWord = presence === "sleeps" && wasPresent;
      wasPresent = presence === "reports";
      if (isCutOff || (presence !== "reports" && !isLastWord)) return null;
      return { ...values, isLastWord };
    },
  };
}

function siteOf(digit: number): MonthSite | null {
  if (digit < 4) return "north";
  return digit < 7 ? "south" : null;
}

type Presence = "reports" | "sleeps" | "vanishes";

function createPresence(
  deviceClass: MonthDevice["deviceClass"],
  flaps: boolean,
  random: Random,
): () => Presence {
  let presence: Presence = "reports";
  let left = durationOf(presence, deviceClass, flaps, random);
  return () => {
    left -= 1;
    if (left < 0) {
      presence =
        presence === "reports"
          ? deviceClass === "server" || random() < 0.3
            ? "vanishes"
            : "sleeps"
          : "reports";
      left = durationOf(presence, deviceClass, flaps, random);
    }
    return presence;
  };
}

/** Steps. Servers run for days and are repaired within hours; the others run and sleep for hours. */
function durationOf(
  presence: Presence,
  deviceClass: MonthDevice["deviceClass"],
  flaps: boolean,
  random: Random,
): number {
  if (flaps) return Math.floor(random() * (random() < 0.1 ? 60 : 5));
  const hours =
    deviceClass === "server" ? (presence === "reports" ? 90 * random() : 8 * random()) : 14 * random();
  return Math.floor(hours * STEPS_PER_HOUR);
}

/** Rests near `base`, and jumps now and then: for some steps it stays near a level, or swings around it. */
function createLoad(random: Random, base: number, share: number): () => number {
  let left = 0;
  let level = base;
  let swing = 0;
  return () => {
    if (left > 0) left -= 1;
    else {
      const isBurst = random() < share;
      left = isBurst ? Math.floor(random() * 14) : 0;
      level = isBurst ? 70 + random() * 30 : base;
      swing = isBurst && random() < 0.4 ? 20 : 2;
    }
    return Math.min(100, Math.max(0, Math.round((level + (random() - 0.5) * swing) * 10) / 10));
  };
}

/** Fills over days, and is cleaned up when it is nearly full. */
function createDisk(random: Random): () => number {
  let used = 60 + random() * 30;
  const perStep = random() < 0.3 ? 0.03 * random() : 0.002 * random();
  return () => {
    used += perStep * random() * 2;
    if (used > 99 || (used > 91 && random() < 0.01)) used = 60 + random() * 20;
    return Math.round(used * 10) / 10;
  };
}
