import { NewMaintenanceWindow, type RecurringSchedule } from "@muster/shared/contracts/maintenance-window.ts";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { occurrenceFrom, occurrencesBetween, type StoredSchedule } from "./occurrences.ts";

const HOUR = 3_600_000;
const weekly = (part: Partial<Extract<RecurringSchedule, { kind: "weekly" }>>): StoredSchedule => ({
  kind: "weekly",
  days: [1, 2, 3, 4, 5, 6, 7],
  time: "02:30",
  minutes: 60,
  zone: "Europe/Berlin",
  from: null,
  until: null,
  ...part,
});
const monthly = (
  part: { kind: "monthly-date"; day: number } | { kind: "monthly-weekday"; week: number; weekday: number },
): StoredSchedule => {
  const { schedule } = NewMaintenanceWindow.parse({
    name: "x",
    scope: { kind: "organization" },
    schedule: { time: "22:00", minutes: 120, zone: "UTC", ...part },
  });
  if (schedule.kind === "once") throw new Error("it is a recurring one");
  return schedule;
};
const starts = (schedule: StoredSchedule, from: string, count: number) =>
  occurrencesBetween(schedule, { from: Date.parse(from), to: Number.POSITIVE_INFINITY, limit: count }).map(
    ({ startsAt }) => new Date(startsAt).toISOString(),
  );

describe("occurrences of a maintenance window", () => {
  test.each([
    [
      "an hour later where the clock skips the time",
      {},
      "2026-03-28T12:00Z",
      ["2026-03-29T01:30", "2026-03-30T00:30"],
    ],
    [
      "the first time where the time comes twice",
      {},
      "2026-10-24T12:00Z",
      ["2026-10-25T00:30", "2026-10-26T01:30"],
    ],
    [
      "at one o'clock where midnight is skipped",
      { zone: "America/Santiago", time: "00:00" },
      "2026-09-05T12:00Z",
      ["2026-09-06T04:00", "2026-09-07T03:00"],
    ],
    [
      "at the same time again after half an hour was skipped",
      { zone: "Australia/Lord_Howe", time: "02:15" },
      "2026-10-03T00:00Z",
      ["2026-10-03T15:45", "2026-10-04T15:15"],
    ],
    [
      "with an old name of a zone",
      { zone: "Asia/Calcutta", time: "00:15" },
      "2026-01-01T00:00Z",
      ["2026-01-01T18:45", "2026-01-02T18:45"],
    ],
  ])("start %s", (_, part, from, expected) => {
    expect(starts(weekly(part), from, 2)).toEqual(expected.map((at) => `${at}:00.000Z`));
  });

  test.each([
    ["the last day of every month", monthly({ kind: "monthly-date", day: -1 }), ["01-31", "02-28", "03-31"]],
    [
      "the 31st, in months that have one",
      monthly({ kind: "monthly-date", day: 31 }),
      ["01-31", "03-31", "05-31"],
    ],
    [
      "the second Tuesday",
      monthly({ kind: "monthly-weekday", week: 2, weekday: 2 }),
      ["01-13", "02-10", "03-10"],
    ],
    [
      "the last Friday",
      monthly({ kind: "monthly-weekday", week: -1, weekday: 5 }),
      ["01-30", "02-27", "03-27"],
    ],
  ])("are on %s", (_, schedule, expected) => {
    expect(starts(schedule, "2026-01-01T00:00Z", 3)).toEqual(
      expected.map((day) => `2026-${day}T22:00:00.000Z`),
    );
  });

  it("find 29 February when it comes", () => {
    const leap = { ...monthly({ kind: "monthly-date", day: 29 }), from: "2026-02-01", until: "2026-02-28" };
    expect(occurrenceFrom(leap, Date.parse("2026-01-01T00:00Z"))).toBeNull();
    expect(starts(monthly({ kind: "monthly-date", day: 29 }), "2028-02-01T00:00Z", 1)).toEqual([
      "2028-02-29T22:00:00.000Z",
    ]);
  });

  it("last as long in every season, and belong to the day on which they start", () => {
    const overMidnight = weekly({ days: [6], time: "23:00", minutes: 300 });
    const open = occurrenceFrom(overMidnight, Date.parse("2026-03-29T02:59Z"));
    expect(open).toEqual({
      startsAt: Date.parse("2026-03-28T22:00Z"),
      endsAt: Date.parse("2026-03-29T03:00Z"),
    });
    expect(occurrenceFrom(overMidnight, Date.parse("2026-03-29T03:00Z"))?.startsAt).toBe(
      Date.parse("2026-04-04T21:00Z"),
    );
  });

  it("keep to the first and the last day", () => {
    const few = weekly({ from: "2026-05-03", until: "2026-05-04" });
    expect(starts(few, "2026-01-01T00:00Z", 9)).toEqual([
      "2026-05-03T00:30:00.000Z",
      "2026-05-04T00:30:00.000Z",
    ]);
    expect(occurrenceFrom(few, Date.parse("2026-05-04T01:30Z"))).toBeNull();
  });

  it("are one for a single time, until it is over", () => {
    const once: StoredSchedule = { kind: "once", startsAt: 10 * HOUR, minutes: 60 };
    expect(occurrenceFrom(once, 0)).toEqual({ startsAt: 10 * HOUR, endsAt: 11 * HOUR });
    expect(occurrenceFrom(once, 11 * HOUR - 1)).not.toBeNull();
    expect(occurrenceFrom(once, 11 * HOUR)).toBeNull();
  });

  it("are the same wherever the search begins", () => {
    const anyStart = fc.date({
      min: new Date("2026-01-01"),
      max: new Date("2027-01-01"),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom(
      "Europe/Berlin",
      "America/Santiago",
      "Australia/Lord_Howe",
      "Pacific/Apia",
      "UTC",
    );
    fc.assert(
      fc.property(anyStart, zones, fc.integer({ min: 1, max: 3_000 }), (start, zone, minutes) => {
        const schedule = weekly({ zone, minutes, days: [1, 5] });
        const at = start.getTime();
        const found = occurrenceFrom(schedule, at);
        const all = occurrencesBetween(schedule, {
          from: at - 60 * 24 * HOUR,
          to: at + 60 * 24 * HOUR,
          limit: 99,
        });
        expect(found).toEqual(all.find(({ endsAt }) => endsAt > at));
      }),
    );
  });
});
