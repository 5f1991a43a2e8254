import type { AvailabilityDay } from "@muster/shared/contracts/availability.ts";
import { expect, it } from "vitest";
import { dayKind, dayRows, lastDays, recordedSince, withoutOutages } from "./day-state.ts";

const NOTHING = { percent: null, upS: 0, excusedS: 0, downS: 0, unknownS: 0, outages: 0 };
const day = (name: string, part: Partial<AvailabilityDay>) => ({ ...NOTHING, day: name, ...part });

it.each([
  ["an outage, however short", { upS: 86_399, downS: 1 }, "down"],
  ["a day with sleep", { upS: 40_000, excusedS: 46_400 }, "up"],
  ["a whole day of sleep", { excusedS: 80_000, unknownS: 6_400 }, "excused"],
  ["a day without a server", { unknownS: 86_400 }, "unknown"],
  ["a day before the recording", {}, "none"],
])("draws %s by its shape", (_, part, kind) => {
  expect(dayKind({ ...NOTHING, ...part })).toBe(kind);
});

it("adds up the newest days, and never rounds an outage away", () => {
  const days = [
    day("2026-01-01", { downS: 86_400, outages: 1 }),
    day("2026-01-02", { upS: 86_400 }),
    day("2026-01-03", { upS: 86_399, downS: 1, outages: 1 }),
  ];
  expect(lastDays(days, 2)).toEqual({ ...NOTHING, percent: 99.999, upS: 172_799, downS: 1, outages: 1 });
  expect(lastDays(days, 90).downS).toBe(86_401);
  expect(lastDays([], 7).percent).toBeNull();
});

it("claims nothing about the days before the recording", () => {
  const days = [day("2026-01-01", {}), day("2026-01-02", { unknownS: 60 }), day("2026-01-03", { upS: 60 })];
  expect(recordedSince(days)).toBe("2026-01-02");
  expect(recordedSince(days.slice(1))).toBeNull();
  expect(recordedSince(days.slice(0, 1))).toBeNull();
  expect(withoutOutages({ percent: 100 }, false)).toBe("availability.noneRecorded");
  expect(withoutOutages({ percent: 100 }, true)).toBe("availability.noOutages");
  expect(withoutOutages({ percent: null }, true)).toBe("availability.nothingRecorded");
});

it("exports one row for each day", () => {
  expect(dayRows([day("2026-01-02", { percent: 100, upS: 5 })])[1]).toEqual([
    "2026-01-02",
    100,
    5,
    0,
    0,
    0,
    0,
  ]);
});
