import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { describe, expect, it } from "vitest";
import {
  countdownText,
  fromLocalInput,
  lastAnnouncementMs,
  rebootChoices,
  rebootRange,
  toLocalInput,
  tonightMs,
} from "./reboot-schedule.ts";

const HOUR_MS = 3_600_000;
const nowMs = new Date(2026, 10, 20, 12, 0, 0).getTime();
const planned = (changes: Partial<PlannedReboot>): PlannedReboot => ({
  actionId: "0198c0de-0000-7000-8000-000000000001",
  askedBy: null,
  reason: "",
  dueAtMs: nowMs + 5 * 60_000,
  latestAtMs: nowMs + 24 * HOUR_MS,
  postponementsLeft: 2,
  warnings: [],
  ...changes,
});
const whyNots = (changes: Partial<PlannedReboot>) =>
  Object.fromEntries(rebootChoices(planned(changes), nowMs).map(({ time, whyNot }) => [time, whyNot]));

it("offers all times within the allowed range", () => {
  expect(whyNots({})).toEqual({ hour: null, tonight: null, pick: null });
  expect(rebootChoices(planned({}), nowMs).map(({ toMs }) => toMs)).toEqual([
    nowMs + HOUR_MS,
    new Date(2026, 10, 20, 22).getTime(),
    null,
  ]);
});

it("explains which time is later than allowed", () => {
  expect(whyNots({ latestAtMs: nowMs + 2 * HOUR_MS })).toEqual({
    hour: null,
    tonight: "tooLate",
    pick: null,
  });
  expect(whyNots({ latestAtMs: nowMs + HOUR_MS / 2 })).toMatchObject({ hour: "tooLate", pick: null });
});

it("offers nothing later when no postponement is left", () => {
  const none = { postponementsLeft: 0 };
  expect(whyNots(none)).toEqual({ hour: "noneLeft", tonight: "noneLeft", pick: null });
  expect(whyNots({ ...none, dueAtMs: nowMs + 60_000 })).toMatchObject({ pick: "noneLeft" });
});

it("allows an earlier time without a postponement", () => {
  expect(whyNots({ postponementsLeft: 0, dueAtMs: nowMs + 2 * HOUR_MS })).toEqual({
    hour: null,
    tonight: "noneLeft",
    pick: null,
  });
});

it("limits the range that can be picked", () => {
  expect(rebootRange(planned({}), nowMs)).toEqual({
    fromMs: nowMs + 60_000,
    untilMs: nowMs + 24 * HOUR_MS,
  });
  expect(rebootRange(planned({ postponementsLeft: 0 }), nowMs).untilMs).toBe(nowMs + 5 * 60_000);
});

const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();

describe("tonight", () => {
  it.each([
    [at(2027, 0, 4, 9), at(2027, 0, 4, 22)],
    [at(2027, 0, 4, 21), at(2027, 0, 4, 22)],
    [at(2027, 0, 4, 21, 1), at(2027, 0, 5, 22)],
    [at(2027, 0, 4, 23), at(2027, 0, 5, 22)],
    [at(2027, 0, 31, 22), at(2027, 1, 1, 22)],
  ])("is the next local 22:00 that is at least an hour away", (now, tonight) => {
    expect(tonightMs(now)).toBe(tonight);
  });
});

const MINUTE_MS = 60_000;

it.each([
  [30 * 60 * MINUTE_MS, null],
  [24 * 60 * MINUTE_MS, 24 * 60 * MINUTE_MS],
  [7 * MINUTE_MS, 10 * MINUTE_MS],
  [5 * MINUTE_MS, 5 * MINUTE_MS],
  [5 * MINUTE_MS - 1, 5 * MINUTE_MS],
  [31_000, MINUTE_MS],
  [9_000, 10_000],
  [-1, 10_000],
])("%i ms before a reboot the last announcement was %s", (leftMs, moment) => {
  expect(lastAnnouncementMs(leftMs)).toBe(moment);
});

it.each([
  [0, "00:00"],
  [-5_000, "00:00"],
  [1, "00:01"],
  [5 * MINUTE_MS, "05:00"],
  [61 * MINUTE_MS + 1_000, "1:01:01"],
  [25 * 60 * MINUTE_MS, "25:00:00"],
])("shows %i ms as %s", (leftMs, clock) => {
  expect(countdownText(leftMs)).toBe(clock);
});

it("formats and parses local time", () => {
  const atMs = new Date(2026, 1, 3, 4, 5).getTime();
  expect(toLocalInput(atMs)).toBe("2026-02-03T04:05");
  expect(fromLocalInput("2026-02-03T04:05")).toBe(atMs);
});

it.each(["", "tomorrow", "2026-02-03", "2026-99-99T99:99"])("rejects %o", (text) => {
  expect(fromLocalInput(text)).toBeNull();
});
