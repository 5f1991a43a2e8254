import fc, { type GeneratorValue } from "fast-check";
import { describe, expect, inject, test } from "vitest";
import { MAX_OUTAGE_HOLD_MS } from "./outage-hold.ts";
import {
  type Disruption,
  OFFLINE_AFTER_MS,
  type Phase,
  phaseAt,
  type SimulatedDevice,
  type SimulatedFleet,
  START_MS,
  STEP_MS,
  simulateFleet,
} from "./simulated-fleet.fixture.ts";
import { TICK_MS } from "./presence-clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const YEAR = 365 * 24 * HOUR;
/** `npm run test:month` simulates the whole fleet. */
const [LAPTOPS, SERVERS, LIMIT_MS] = inject("isFullRun") ? [1_000, 50, 900_000] : [80, 20, 60_000];
/** What a disruption may add to or take from an age: the process counts some of it before it can know. */
const DISRUPTION_SLACK_MS = 4 * TICK_MS;

type Random = { upTo(most: number): number; oneOf<Item>(...items: [Item, ...Item[]]): Item };

function randomOf(generate: GeneratorValue): Random {
  return {
    upTo: (most) => generate(fc.nat, { max: most }),
    oneOf: <Item>(...items: [Item, ...Item[]]) =>
      items[generate(fc.nat, { max: items.length - 1 })] ?? items[0],
  };
}

function laptopPhases({ upTo, oneOf }: Random): Phase[] {
  const phases: Phase[] = [{ from: 0, does: "reports" }];
  for (let at = upTo(12 * HOUR); at < WEEK; at += 10 * MINUTE + upTo(10 * HOUR)) {
    phases.push({ from: at, does: oneOf("sleeps", "sleeps", "vanishes") });
    at += 5 * MINUTE + upTo(14 * HOUR);
    phases.push({ from: at, does: "reports" });
  }
  return phases;
}

function serverPhases({ upTo }: Random, dies: boolean): Phase[] {
  const end: Phase[] = dies ? [{ from: HOUR + upTo(6 * DAY), does: "vanishes" }] : [];
  return [{ from: 0, does: "reports" }, ...end];
}

function randomDisruptions({ upTo, oneOf }: Random): Disruption[] {
  const disruptions: Disruption[] = [];
  for (let at = upTo(8 * HOUR); at < WEEK; at += HOUR + upTo(9 * HOUR)) {
    const lengthMs = oneOf(10_000, MINUTE, 11 * MINUTE, 3 * HOUR);
    disruptions.push({ from: at, to: at + lengthMs, kind: oneOf("restart", "stop", "suspend") });
    at += lengthMs;
  }
  return disruptions;
}

/** Observed time and disruptions when a device last reported. */
type LastReport = { device: SimulatedDevice; observedMs: number; disruptions: number; sequence: number };

/** Simulates a span of time and fails at the first wrong presence. Time without reports counts only while the server runs. */
async function simulate(fleet: SimulatedFleet, spanMs: number): Promise<{ offline: number }> {
  const lastReports: LastReport[] = fleet.devices.map((device) => ({
    device,
    observedMs: 0,
    disruptions: 0,
    sequence: 0,
  }));
  let observedMs = 0;
  let disruptions = 0;
  let wasRunning = true;
  let offline = 0;
  for (let now = 0; now < spanMs; now += STEP_MS) {
    const isRunning = await fleet.step(now);
    if (wasRunning && !isRunning) disruptions += 1;
    wasRunning = isRunning;
    if (!isRunning) continue;
    observedMs += STEP_MS;
    for (const last of lastReports) {
      const { device } = last;
      const { connection } = device.row;
      if (device.sequence > last.sequence) {
        Object.assign(last, { observedMs, disruptions, sequence: device.sequence });
        if (connection !== "online") expect.fail(`reported at ${now} and still ${connection}`);
      }
      const missingMs = observedMs - last.observedMs;
      const isOffline = connection === "offline" || connection === "expired";
      if (last.sequence === 0 || (!isOffline && missingMs < OFFLINE_AFTER_MS)) continue;
      const slackMs = STEP_MS + (disruptions - last.disruptions) * DISRUPTION_SLACK_MS;
      if (isOffline) {
        offline += 1;
        if (missingMs < OFFLINE_AFTER_MS - slackMs)
          expect.fail(`called offline after ${missingMs} ms, at ${now}`);
      } else if (phaseAt(device, now).does !== "reports") {
        const heldMs = fleet.hold ? MAX_OUTAGE_HOLD_MS : 0;
        if (missingMs > OFFLINE_AFTER_MS + heldMs + slackMs) expect.fail(`not found offline at ${now}`);
      }
    }
  }
  return { offline };
}

describe("presence over time", () => {
  test(
    `a week of ${LAPTOPS} laptops: no reporting device is called offline, each other one is found in time`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (generate) => {
          const random = randomOf(generate);
          const fleet = await simulateFleet({
            devices: Array.from({ length: LAPTOPS + SERVERS }, (_, index) => ({
              deviceClass: index < LAPTOPS ? "laptop" : "server",
              phases: index < LAPTOPS ? laptopPhases(random) : serverPhases(random, index % 10 === 0),
              clockOffsetMs: random.oneOf(0, -50 * YEAR, 170 * YEAR, 3 * HOUR, -20 * MINUTE),
            })),
            disruptions: randomDisruptions(random),
            wallJumpsMs: Array.from({ length: 10 }, () => ({
              from: random.upTo(WEEK),
              byMs: random.oneOf(HOUR, -HOUR, 24 * HOUR, -24 * HOUR),
            })),
          });
          const { offline } = await simulate(fleet, WEEK);
          expect(offline).toBeGreaterThan(0);
        }),
        { numRuns: 1, endOnFailure: true },
      );
    },
    LIMIT_MS,
  );

  const cut = (from: number, to: number): Phase[] => [
    { from: 0, does: "reports" },
    { from, does: "vanishes" },
    { from: to, does: "reports" },
  ];

  async function offlineDuringCut(cutMs: number): Promise<{ offline: number; sinceMs: number | null }> {
    const [from, spanMs] = [2 * HOUR, 2 * HOUR + cutMs];
    const fleet = await simulateFleet({
      devices: Array.from({ length: 50 }, (_, index) => ({
        deviceClass: "server",
        phases: index < 20 ? cut(from, spanMs) : [{ from: 0, does: "reports" }],
        clockOffsetMs: 0,
      })),
      disruptions: [],
      wallJumpsMs: [],
    });
    for (let now = 0; now < spanMs; now += STEP_MS) await fleet.step(now);
    const offline = fleet.devices.filter(({ row }) => row.connection === "offline").length;
    return { offline, sinceMs: fleet.hold && fleet.hold.since - START_MS };
  }

  test("reports a site that is cut off for 40 minutes as one event, without offline devices", async () => {
    const { offline, sinceMs } = await offlineDuringCut(40 * MINUTE);
    expect(offline).toBe(0);
    expect(sinceMs).toBeGreaterThan(2 * HOUR);
    expect(sinceMs).toBeLessThan(2 * HOUR + 10 * MINUTE);
  });

  test("reports a site that stays cut off as offline after an hour", async () => {
    expect(await offlineDuringCut(80 * MINUTE)).toEqual({ offline: 20, sinceMs: null });
  });
});
