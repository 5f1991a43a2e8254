import { describe, expect, test } from "vitest";
import { updateOutageHold, isHeldByOutage, MAX_OUTAGE_HOLD_MS, type OutageInput } from "./outage-hold.ts";

const input: OutageInput = {
  hold: null,
  missedAt: [],
  connected: 100,
  observedNow: 1_000_000,
  now: 5_000_000,
};
const at = (count: number, from: number, apart: number) =>
  Array.from({ length: count }, (_, index) => from + index * apart);

describe("outage hold", () => {
  test("starts when a fifth of the devices stops reporting within two minutes", () => {
    const hold = updateOutageHold({ ...input, missedAt: at(20, 900_000, 6_000) });
    expect(hold).toEqual({ since: 5_000_000, missedFrom: 900_000, detectedAt: 1_000_000 });
  });

  test("does not start for less than a fifth, or over a longer time", () => {
    expect(updateOutageHold({ ...input, missedAt: at(19, 900_000, 1_000) })).toBeNull();
    expect(updateOutageHold({ ...input, missedAt: at(20, 700_000, 6_500) })).toBeNull();
  });

  test("needs at least five devices", () => {
    expect(updateOutageHold({ ...input, connected: 4, missedAt: at(4, 900_000, 0) })).toBeNull();
    expect(updateOutageHold({ ...input, connected: 5, missedAt: at(5, 900_000, 0) })).not.toBeNull();
  });

  test("continues while enough of them do not report", () => {
    const hold = { since: 1, missedFrom: 900_000, detectedAt: 950_000 };
    expect(updateOutageHold({ ...input, hold, missedAt: at(20, 900_000, 0) })).toBe(hold);
    expect(updateOutageHold({ ...input, hold, missedAt: at(19, 900_000, 0) })).toBeNull();
  });

  test("holds devices that stopped reporting in it, and no earlier ones", () => {
    const hold = { since: 1, missedFrom: 900_000, detectedAt: 950_000 };
    expect(isHeldByOutage(hold, 900_000, 1_000_000)).toBe(true);
    expect(isHeldByOutage(hold, 899_999, 1_000_000)).toBe(false);
    expect(isHeldByOutage(null, 900_000, 1_000_000)).toBe(false);
  });

  test("holds no device for longer than an hour", () => {
    const hold = { since: 1, missedFrom: 900_000, detectedAt: 950_000 };
    expect(isHeldByOutage(hold, 900_000, 950_000 + MAX_OUTAGE_HOLD_MS - 1)).toBe(true);
    expect(isHeldByOutage(hold, 900_000, 950_000 + MAX_OUTAGE_HOLD_MS)).toBe(false);
  });
});
