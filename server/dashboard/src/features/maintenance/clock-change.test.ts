import { describe, expect, it } from "vitest";
import { clockChangeOf } from "./clock-change.ts";

const berlin = { time: "02:30", zone: "Europe/Berlin" };
const hour = (startsAt: string, hours = 1) => ({
  startsAt,
  endsAt: new Date(Date.parse(startsAt) + hours * 3_600_000).toISOString(),
});

describe("what a change of the clock does to maintenance", () => {
  it("is nothing on other days", () => {
    expect(clockChangeOf(hour("2026-03-28T01:30:00Z"), berlin)).toBeNull();
    expect(clockChangeOf(hour("2026-07-01T00:30:00Z"), berlin)).toBeNull();
  });
  it("is a later start where the clock skips the time", () => {
    expect(clockChangeOf(hour("2026-03-29T01:30:00Z"), berlin)).toBe("skipped");
  });
  it("is a choice where the time comes twice", () => {
    expect(clockChangeOf(hour("2026-10-25T00:30:00Z"), berlin)).toBe("repeated");
  });
  it("is another local end where it changes meanwhile", () => {
    expect(clockChangeOf(hour("2026-03-28T23:30:00Z", 3), { ...berlin, time: "00:30" })).toBe("shifted");
  });
});
