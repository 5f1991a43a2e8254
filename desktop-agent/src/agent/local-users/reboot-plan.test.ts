import { describe, expect, it } from "vitest";
import { nextStep, type RebootPlan } from "./reboot-plan.ts";

const MINUTE_MS = 60_000;
const DUE = 1000 * MINUTE_MS;
const PLAN: RebootPlan = {
  actionId: "01890a5d-ac96-774b-bcce-b302099a8057",
  askedBy: null,
  reason: "",
  bootId: "boot",
  dueSinceBootMs: DUE,
  latestSinceBootMs: DUE,
  dueAtMs: 0,
  postponementsLeft: 0,
  isWithSystem: false,
  movesToSinceBootMs: null,
};
const at = (minutes: number, isTrayOpen: boolean) => nextStep(PLAN, DUE + minutes * MINUTE_MS, isTrayOpen);

describe("the next step of a planned reboot", () => {
  it("waits for its time if there is a tray, and then happens immediately", () => {
    expect(at(-90, true)).toEqual({ kind: "wait", forMs: 90 * MINUTE_MS });
    expect(at(-1, true)).toEqual({ kind: "wait", forMs: MINUTE_MS });
    expect(at(0, true)).toEqual({ kind: "hand-over", delayMinutes: 0 });
    expect(at(0.4, true)).toEqual({ kind: "hand-over", delayMinutes: 0 });
  });

  it("gives the last five minutes to the system if there is no tray", () => {
    expect(at(-90, false)).toEqual({ kind: "wait", forMs: 85 * MINUTE_MS });
    expect(at(-5, false)).toEqual({ kind: "hand-over", delayMinutes: 5 });
    expect(at(-2.5, false)).toEqual({ kind: "hand-over", delayMinutes: 3 });
    expect(at(0, false)).toEqual({ kind: "hand-over", delayMinutes: 1 });
  });

  it("is immediate where rounding to whole minutes would exceed what was allowed", () => {
    expect(at(0.2, false)).toEqual({ kind: "hand-over", delayMinutes: 0 });
    const allowed = { ...PLAN, latestSinceBootMs: DUE + 60 * MINUTE_MS };
    expect(nextStep(allowed, DUE + 0.2 * MINUTE_MS, false)).toEqual({ kind: "hand-over", delayMinutes: 1 });
  });

  it("gives five minutes again if the machine slept at its time", () => {
    expect(at(90, true)).toEqual({ kind: "give-time" });
    expect(at(90, false)).toEqual({ kind: "hand-over", delayMinutes: 5 });
  });
});
