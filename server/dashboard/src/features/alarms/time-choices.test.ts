import { describe, expect, it } from "vitest";
import { instantOfField, timeOfChoice } from "./time-choices.ts";

/** A Wednesday, in the time zone of the test. */
const NOW = new Date(2026, 2, 4, 15, 30).getTime();
const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).toISOString();

describe("the end of a snooze", () => {
  it.each([
    ["4", at(4, 19, 30)],
    ["24", at(5, 15, 30)],
    ["tomorrow", at(5, 8)],
    ["monday", at(9, 8)],
  ] as const)("of the choice %s", (choice, expected) => expect(timeOfChoice(choice, NOW)).toBe(expected));

  it("is the next Monday on a Monday", () => {
    expect(timeOfChoice("monday", new Date(2026, 2, 9, 7).getTime())).toBe(at(16, 8));
  });

  it("is read from a field, unless it has no time", () => {
    expect(instantOfField("2026-03-04T15:30")).toBe(at(4, 15, 30));
    expect(instantOfField("")).toBeNull();
  });
});
