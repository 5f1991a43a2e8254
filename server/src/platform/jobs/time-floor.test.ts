import fc from "fast-check";
import { expect, it } from "vitest";
import { raisedFloor, type StoredFloor } from "./time-floor.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 5, 1);
const STORED: StoredFloor = { floorAt: START, observedMs: 0 };

it("begins at the first plausible time", () => {
  expect(raisedFloor({ floorAt: null, observedMs: 0 }, 0, HOUR_MS).floorAt).toBeNull();
  expect(raisedFloor({ floorAt: null, observedMs: 0 }, START, HOUR_MS)).toEqual({
    floorAt: START,
    observedMs: HOUR_MS,
  });
});

it.each([
  ["is the wall clock of a running server", HOUR_MS, HOUR_MS],
  ["catches up after a stop of three days", 3 * DAY_MS, 2 * HOUR_MS],
  ["passes with the uptime under a clock that is years ahead", 1100 * DAY_MS, HOUR_MS],
  ["waits for a clock that was set back", -3 * DAY_MS, HOUR_MS / 2],
])("%s", (_, wallAheadMs, risenMs) => {
  expect(raisedFloor(STORED, START + wallAheadMs, HOUR_MS).floorAt).toBe(START + risenMs);
});

it("never goes back, and never rises faster than twice the uptime", () => {
  const step = fc.record({ uptimeMs: fc.nat(DAY_MS), wall: fc.integer({ min: 0, max: 2 * START }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let floor = STORED;
      for (const { uptimeMs, wall } of steps) {
        const next = raisedFloor(floor, wall, floor.observedMs + uptimeMs);
        const risenMs = (next.floorAt ?? 0) - (floor.floorAt ?? 0);
        expect(risenMs).toBeGreaterThanOrEqual(0);
        expect(risenMs).toBeLessThanOrEqual(2 * uptimeMs);
        expect(next.floorAt).toBeLessThanOrEqual(Math.max(wall, START + 2 * next.observedMs));
        floor = next;
      }
    }),
  );
});
