import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { expect, it } from "vitest";
import { rebootChoices, rebootRange } from "./reboot-choices.ts";

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

it("offers all that lies within what was allowed", () => {
  expect(whyNots({})).toEqual({ hour: null, tonight: null, pick: null });
  expect(rebootChoices(planned({}), nowMs).map(({ toMs }) => toMs)).toEqual([
    nowMs + HOUR_MS,
    new Date(2026, 10, 20, 22).getTime(),
    null,
  ]);
});

it("says which is later than was allowed", () => {
  expect(whyNots({ latestAtMs: nowMs + 2 * HOUR_MS })).toEqual({
    hour: null,
    tonight: "tooLate",
    pick: null,
  });
  expect(whyNots({ latestAtMs: nowMs + HOUR_MS / 2 })).toMatchObject({ hour: "tooLate", pick: null });
});

it("offers nothing later once no postponement is left", () => {
  const none = { postponementsLeft: 0 };
  expect(whyNots(none)).toEqual({ hour: "noneLeft", tonight: "noneLeft", pick: null });
  expect(whyNots({ ...none, dueAtMs: nowMs + 60_000 })).toMatchObject({ pick: "noneLeft" });
});

it("lets a person choose an earlier time without a postponement", () => {
  expect(whyNots({ postponementsLeft: 0, dueAtMs: nowMs + 2 * HOUR_MS })).toEqual({
    hour: null,
    tonight: "noneLeft",
    pick: null,
  });
});

it("bounds what can be picked", () => {
  expect(rebootRange(planned({}), nowMs)).toEqual({
    fromMs: nowMs + 60_000,
    untilMs: nowMs + 24 * HOUR_MS,
  });
  expect(rebootRange(planned({ postponementsLeft: 0 }), nowMs).untilMs).toBe(nowMs + 5 * 60_000);
});
