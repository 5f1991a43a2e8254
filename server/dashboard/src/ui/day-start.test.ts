import { expect, it } from "vitest";
import { dayStart } from "./day-start.ts";

it("is local midnight of that day, or of a later one over the end of a month", () => {
  expect(dayStart("2026-02-28", 0)).toBe(new Date(2026, 1, 28).toISOString());
  expect(dayStart("2026-02-28", 1)).toBe(new Date(2026, 2, 1).toISOString());
});

it.each([undefined, "", "yesterday", "2026-2-3", "999999-01-01"])("is unknown for %s", (day) => {
  expect(dayStart(day, 0)).toBeUndefined();
});
