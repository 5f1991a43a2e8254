import { createRandom, type Random } from "./random.ts";

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const YEAR_DAYS = 365;
export const YEAR_START = Date.UTC(2025, 0, 6);
const GB = 1e9;

/** Hourly free bytes of one file system over a year, and when it would be full with nobody interfering. */
export type DiskYear = {
  kind: string;
  times: Float64Array;
  free: Float64Array;
  used: Float64Array;
  /** Hours at which it becomes full, each followed by a cleanup to where it began. */
  fullAt: readonly number[];
};

type DiskPlan = {
  sizeGb: number;
  startGb: number;
  /** Gigabytes that are added in an hour of the year. */
  grow(hour: number, random: Random): number;
  /** Added to what is used without lasting. */
  extra?(hour: number, random: Random): number;
  /** Whether an administrator cleans up when the disk is full. */
  cleansUp?: boolean;
  resizeAt?: { hour: number; sizeGb: number };
  isOff?(hour: number): boolean;
};

const day = (hour: number) => Math.floor(hour / DAY_HOURS);
const isWeekend = (hour: number) => day(hour) % 7 >= 5;
const isHoliday = (hour: number) => day(hour) >= 350 || (day(hour) >= 180 && day(hour) < 194);
const isOffice = (hour: number) => !isWeekend(hour) && hour % 24 >= 8 && hour % 24 < 18;

/** Every kind of disk; the numbers differ with the seed. */
export const DISK_KINDS: Readonly<Record<string, (random: Random) => DiskPlan>> = {
  "steady growth": (random) => {
    const perHour = (0.5 + random() * 2.5) / 24;
    return { sizeGb: 250, startGb: 60, cleansUp: true, grow: () => perHour };
  },
  "growth on working days": (random) => {
    const perHour = (1 + random() * 3) / 10;
    return { sizeGb: 500, startGb: 100, cleansUp: true, grow: (hour) => (isOffice(hour) ? perHour : 0) };
  },
  "nightly backups that stay": (random) => {
    const size = 4 + random() * 6;
    return { sizeGb: 1_000, startGb: 200, cleansUp: true, grow: (hour) => (hour % 24 === 2 ? size : 0) };
  },
  "nightly backups that are replaced": (random) => {
    const size = 40 + random() * 60;
    return {
      sizeGb: 300,
      startGb: 150,
      grow: () => 0,
      extra: (hour) => (hour % 24 >= 1 && hour % 24 < 6 ? size : 0),
    };
  },
  "daily log rotation": (random) => {
    const size = 20 + random() * 30;
    return { sizeGb: 100, startGb: 40, grow: () => 0, extra: (hour) => (size * (hour % 24)) / 24 };
  },
  "weekly log rotation": (random) => {
    const size = 30 + random() * 25;
    return { sizeGb: 100, startGb: 38, grow: () => 0, extra: (hour) => (size * (hour % 168)) / 168 };
  },
  "monthly rotation": (random) => {
    const size = 30 + random() * 25;
    return { sizeGb: 100, startGb: 38, grow: () => 0, extra: (hour) => (size * (hour % 720)) / 720 };
  },
  "weekly rotation that breaks": (random) => {
    const size = 15 + random() * 5;
    const broken = 168 * (20 + Math.floor(random() * 10));
    return {
      sizeGb: 120,
      startGb: 40,
      cleansUp: true,
      grow: (hour) => (hour >= broken && hour < broken + 1_200 ? size / 168 : 0),
      extra: (hour) => (hour < broken ? (size * (hour % 168)) / 168 : 0),
    };
  },
  "large copies": (random) => ({
    sizeGb: 500,
    startGb: 150,
    grow: (hour, own) => (hour % 24 === 11 && own() < 0.02 + random() * 0.005 ? (own() - 0.45) * 80 : 0),
  }),
  shrinking: (random) => {
    const perHour = (0.1 + random() * 0.3) / 24;
    return { sizeGb: 300, startGb: 280, grow: () => -perHour };
  },
  resized: (random) => ({
    sizeGb: 200,
    startGb: 120,
    grow: () => 0.05 / 24,
    resizeAt: { hour: Math.floor(2_000 + random() * 4_000), sizeGb: random() < 0.5 ? 160 : 400 },
  }),
  "quiet server": () => ({ sizeGb: 80, startGb: 30, grow: () => 0.01 / 24 }),
  "nearly full and quiet": () => ({ sizeGb: 80, startGb: 77, grow: () => 0 }),
  "office machine": (random) => {
    const perHour = (0.05 + random() * 0.1) / 10;
    return {
      sizeGb: 256,
      startGb: 120,
      grow: (hour) => (isOffice(hour) ? perHour : 0),
      extra: (_, own) => own() * 3,
      isOff: (hour) => !isOffice(hour) || isHoliday(hour),
    };
  },
  "noise around a level": (random) => {
    const size = 10 + random() * 15;
    return { sizeGb: 100, startGb: 60, grow: () => 0, extra: (_, own) => own() * size };
  },
  "a process that writes without end": (random) => {
    const from = Math.floor(1_500 + random() * 6_000);
    const perHour = (3 + random() * 4) / 24;
    return {
      sizeGb: 200,
      startGb: 100,
      cleansUp: true,
      grow: (hour) => (hour >= from && hour < from + 900 ? perHour : 0),
    };
  },
};

/** The year of one disk. The same seed gives the same year. */
export function diskYear(kind: string, seed: number): DiskYear {
  const random = createRandom(seed);
  const planOf = DISK_KINDS[kind];
  if (!planOf) throw new Error(`there is no kind of disk ${kind}`);
  const plan = planOf(random);
  const rows: [at: number, free: number, used: number][] = [];
  const fullAt: number[] = [];
  let { sizeGb } = plan;
  let base = plan.startGb;
  for (let hour = 0; hour < YEAR_DAYS * DAY_HOURS; hour += 1) {
    if (plan.resizeAt?.hour === hour) sizeGb = plan.resizeAt.sizeGb;
    base = Math.max(5, base + plan.grow(hour, random));
    const jitter = (random() - 0.5) * 0.05;
    const usedGb = base + (plan.extra?.(hour, random) ?? 0) + jitter;
    if (usedGb >= sizeGb && plan.cleansUp) {
      fullAt.push(YEAR_START + hour * HOUR_MS);
      base = plan.startGb;
      continue;
    }
    if (plan.isOff?.(hour)) continue;
    const bounded = Math.min(sizeGb, Math.max(0, usedGb));
    const free = Math.round(((sizeGb - bounded) * GB) / 1e6) * 1e6;
    rows.push([YEAR_START + hour * HOUR_MS, free, Math.round((bounded / sizeGb) * 1_000) / 10]);
  }
  const column = (position: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[position]);
  return { kind, times: column(0), free: column(1), used: column(2), fullAt };
}

/** Averages of five minutes of a percentage over some weeks, with anomalies at known times. */
export type ValueYear = {
  kind: string;
  /** One for each five minutes from `YEAR_START` on; NaN where the machine was off. */
  values: Float64Array;
  anomalies: readonly { from: number; to: number }[];
};

const STEPS_OF_HOUR = 12;
const gauss = (random: Random) => random() + random() + random() + random() - 2;

/** Every kind of machine: percent of a step of an hour of the year. */
export const VALUE_KINDS: Readonly<
  Record<string, (random: Random) => (hour: number, random: Random) => number>
> = {
  "quiet server": () => (_, own) => 2 + gauss(own) * 0.5,
  "web server": (random) => {
    const peak = 30 + random() * 30;
    return (hour, own) => 8 + peak * Math.max(0, Math.sin(((hour % 24) - 6) / 5.7)) + gauss(own) * 5;
  },
  "nightly backups": (random) => {
    const start = 1 + Math.floor(random() * 3);
    return (hour, own) => (hour % 24 >= start && hour % 24 < start + 2 ? 75 : 6) + gauss(own) * 3;
  },
  "weekly maintenance": () => (hour, own) =>
    (hour % 168 >= 150 && hour % 168 < 154 ? 60 : 5) + gauss(own) * 2,
  "office machine": () => (hour, own) => {
    if (!isOffice(hour) || isHoliday(hour)) return Number.NaN;
    return own() < 0.15 ? 20 + own() * 70 : 8 + gauss(own) * 4;
  },
  "office server with holidays": (random) => {
    const load = 25 + random() * 20;
    return (hour, own) => (isOffice(hour) && !isHoliday(hour) ? load : 4) + gauss(own) * 4;
  },
  "batch jobs at random": () => {
    let until = 0;
    return (hour, own) => {
      if (hour >= until && own() < 0.002) until = hour + 1 + Math.floor(own() * 2);
      return (hour < until ? 85 : 10) + gauss(own) * 3;
    };
  },
  constant: () => () => 50,
};

/** The year of one metric of one machine. Every fourth machine of a kind has anomalies of three hours, about one in ten weeks. */
export function valueYear(kind: string, seed: number): ValueYear {
  const random = createRandom(seed);
  const make = VALUE_KINDS[kind];
  if (!make) throw new Error(`there is no kind of machine ${kind}`);
  const valueAt = make(random);
  const hours = YEAR_DAYS * DAY_HOURS;
  const anomalies: { from: number; to: number }[] = [];
  for (let week = 6; seed % 4 === 0 && week < 51; week += 9) {
    const hour = week * 168 + 24 * Math.floor(random() * 5) + 9 + Math.floor(random() * 6);
    anomalies.push({ from: hour * STEPS_OF_HOUR, to: (hour + 3) * STEPS_OF_HOUR });
  }
  const values = new Float64Array(hours * STEPS_OF_HOUR);
  for (let step = 0; step < values.length; step += 1) {
    const usual = valueAt(Math.floor(step / STEPS_OF_HOUR), random);
    const isPlanted = anomalies.some(({ from, to }) => step >= from && step < to);
    values[step] = isPlanted ? usual + 0.9 * (100 - usual) : usual;
    values[step] = Math.round(Math.min(100, Math.max(0, values[step] ?? 0)) * 10) / 10;
  }
  return { kind, values, anomalies };
}
