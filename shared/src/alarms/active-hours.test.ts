import { describe, expect, it } from "vitest";
import { ActiveHours, createActiveHours } from "./active-hours.ts";

const WORKDAYS = [1, 2, 3, 4, 5];
const isActive = (zone: string, start: string, end: string, at: string, days = WORKDAYS) =>
  createActiveHours({ zone, ranges: [{ days, start, end }] })(Date.parse(at));

describe("active hours", () => {
  it("are local, in summer and winter", () => {
    const berlin = (at: string) => isActive("Europe/Berlin", "08:00", "18:00", at);
    expect([berlin("2026-01-05T06:59Z"), berlin("2026-01-05T07:00Z"), berlin("2026-01-05T17:00Z")]).toEqual([
      false,
      true,
      false,
    ]);
    expect([berlin("2026-07-06T05:59Z"), berlin("2026-07-06T06:00Z")]).toEqual([false, true]);
    expect(berlin("2026-01-04T12:00Z")).toBe(false);
  });

  it("that pass midnight belong to the day on which they begin", () => {
    const friday = (at: string) => isActive("UTC", "22:00", "06:00", at, [5]);
    expect(friday("2026-01-09T21:59Z")).toBe(false);
    expect(friday("2026-01-09T23:00Z")).toBe(true);
    expect(friday("2026-01-10T05:59Z")).toBe(true);
    expect(friday("2026-01-10T06:00Z")).toBe(false);
    expect(friday("2026-01-09T03:00Z")).toBe(false);
    expect(isActive("UTC", "22:00", "06:00", "2026-01-05T03:00Z", [7])).toBe(true);
  });

  it("with an end equal to their start are whole days", () => {
    const sunday = (at: string) => isActive("UTC", "00:00", "00:00", at, [7]);
    expect([sunday("2026-01-04T00:00Z"), sunday("2026-01-04T23:59Z"), sunday("2026-01-05T00:00Z")]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("know every instant where the clock is put forward or back", () => {
    const night = (at: string) => isActive("Europe/Berlin", "02:00", "03:00", at, [7]);
    // On 29 March 2026 there is no such hour, on 25 October there are two.
    expect([night("2026-03-29T00:59Z"), night("2026-03-29T01:00Z")]).toEqual([false, false]);
    expect([night("2026-10-25T00:30Z"), night("2026-10-25T01:30Z"), night("2026-10-25T02:00Z")]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isActive("Australia/Lord_Howe", "02:00", "02:30", "2026-10-03T15:45Z", [7])).toBe(false);
  });

  it("reject an unknown zone and a time that there is not", () => {
    const parse = (zone: string, start: string) =>
      ActiveHours.safeParse({ zone, ranges: [{ days: [1], start, end: "10:00" }] }).success;
    expect([parse("Europe/Berlin", "08:00"), parse("Mars/Olympus", "08:00"), parse("UTC", "24:00")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
