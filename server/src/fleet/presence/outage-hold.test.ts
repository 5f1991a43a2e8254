import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isHeldByOutage,
  MAX_OUTAGE_HOLD_MS,
  type MissingDevice,
  organizationThreshold,
  OUTAGE_RETURN_MS,
  type OutageInput,
  siteThreshold,
  updateOutageHold,
} from "./outage-hold.ts";

const input: OutageInput = {
  hold: null,
  missing: [],
  threshold: 20,
  observedNow: 1_000_000,
  now: 5_000_000,
};
const at = (count: number, from: number, apart: number, isLate = true): MissingDevice[] =>
  Array.from({ length: count }, (_, index) => ({ missedAt: from + index * apart, intervalS: 30, isLate }));

describe("outage hold", () => {
  test("starts when enough devices stop reporting within two minutes and one interval", () => {
    expect(updateOutageHold({ ...input, missing: at(20, 900_000, 6_000) })).toEqual({
      since: 5_000_000,
      missedFrom: 900_000,
      detectedAt: 1_000_000,
      devices: 20,
      returningSince: null,
    });
    expect(updateOutageHold({ ...input, missing: at(19, 900_000, 1_000) })).toBeNull();
    expect(updateOutageHold({ ...input, missing: at(20, 700_000, 8_000) })).toBeNull();
  });

  test("starts when the first of them is late, and not for a report that is only delayed", () => {
    const [first, ...others] = at(20, 900_000, 1_000, false);
    expect(updateOutageHold({ ...input, missing: at(20, 900_000, 1_000, false) })).toBeNull();
    const late = { missedAt: first?.missedAt ?? 0, intervalS: 30, isLate: true };
    expect(updateOutageHold({ ...input, missing: [late, ...others] })).toMatchObject({ missedFrom: 900_000 });
  });

  test("finds devices that report every five minutes before the first of them is offline", () => {
    const stopped = 10_000_000;
    const intervalS = 300;
    fc.assert(
      fc.property(fc.array(fc.nat(299_999), { minLength: 3, maxLength: 12 }), (ages) => {
        const firstLate = stopped - Math.max(...ages) + 2.5 * intervalS * 1000;
        const missing = ages
          .map((age) => stopped - age)
          .filter((seen) => firstLate - seen > 1.5 * intervalS * 1000 - 1)
          .map((seen) => ({
            missedAt: seen + intervalS * 1000,
            intervalS,
            isLate: firstLate - seen >= 2.5 * intervalS * 1000,
          }));
        const threshold = siteThreshold(ages.length);
        expect(updateOutageHold({ ...input, missing, threshold })).toMatchObject({ devices: ages.length });
      }),
    );
  });

  test.each([
    [4, 5, 3],
    [5, 5, 3],
    [6, 5, 4],
    [26, 6, 14],
    [100, 20, 51],
  ])("of %i devices needs %i of an organization, and %i of a site", (connected, ofOrganization, ofSite) => {
    expect([organizationThreshold(connected), siteThreshold(connected)]).toEqual([ofOrganization, ofSite]);
  });

  test("continues while enough of them are missing, and gives the others time to report", () => {
    const hold = { since: 1, missedFrom: 900_000, detectedAt: 950_000, devices: 20, returningSince: null };
    const update = (missing: MissingDevice[], given = hold as OutageInput["hold"], observedNow = 1_000_000) =>
      updateOutageHold({ ...input, hold: given, missing, observedNow });
    expect(update(at(20, 900_000, 0))).toBe(hold);
    const returning = update(at(19, 900_000, 0));
    expect(returning).toEqual({ ...hold, returningSince: 1_000_000 });
    expect(update(at(1, 900_000, 0), returning, 1_000_000 + OUTAGE_RETURN_MS - 1)).toBe(returning);
    expect(update(at(1, 900_000, 0), returning, 1_000_000 + OUTAGE_RETURN_MS)).toBeNull();
    expect(update(at(20, 900_000, 0), returning)).toEqual(hold);
    expect(update(at(30, 899_999, 0), returning)).toBeNull();
  });

  test("holds devices that stopped reporting in it, and no earlier ones, for an hour at most", () => {
    const hold = { since: 1, missedFrom: 900_000, detectedAt: 950_000, devices: 20, returningSince: null };
    expect(isHeldByOutage(hold, 900_000, 1_000_000)).toBe(true);
    expect(isHeldByOutage(hold, 899_999, 1_000_000)).toBe(false);
    expect(isHeldByOutage(null, 900_000, 1_000_000)).toBe(false);
    expect(isHeldByOutage(hold, 900_000, 950_000 + MAX_OUTAGE_HOLD_MS - 1)).toBe(true);
    expect(isHeldByOutage(hold, 900_000, 950_000 + MAX_OUTAGE_HOLD_MS)).toBe(false);
  });
});
