import type { Action, ActionStep } from "@muster/shared/contracts/action.ts";
import { describe, expect, it } from "vitest";
import { isReplaced, stateLine } from "./state-line.ts";

const START = Date.parse("2026-03-02T10:02:00.000Z");

function step(name: ActionStep["step"], afterMs: number, more: Partial<ActionStep> = {}): ActionStep {
  return { at: new Date(START + afterMs).toISOString(), step: name, until: null, note: null, ...more };
}
function line(state: Action["state"], steps: ActionStep[]) {
  return stateLine({ state, steps });
}

describe("the state line", () => {
  it("shows quick steps to the tenth, slower ones to the second, and those of another day with the day", () => {
    const told = line("done", [
      step("asked", 0),
      step("delivered", 400),
      step("shown", 1_400),
      step("ended", 86_400_000),
    ]);
    expect(told.map(({ precision }) => precision)).toEqual(["minute", "tenth", "second", "day"]);
  });

  it("ends with the outcome", () => {
    expect(line("done", [step("asked", 0), step("ended", 1_000)]).map(({ state }) => state)).toEqual([
      null,
      "done",
    ]);
    expect(line("executing", [step("asked", 0), step("started", 1_000)]).at(-1)?.state).toBeNull();
  });

  it("shows the assumed end before the one that corrected it", () => {
    const told = line("done", [step("asked", 0), step("ended", 900_000), step("corrected", 2_000_000)]);
    expect(told.map(({ state }) => state)).toEqual([null, "error", "done"]);
  });

  it("keeps the end of a message that was read later, and shows the reading to the minute", () => {
    const told = line("done", [step("asked", 0), step("ended", 1_000), step("read", 1_500)]);
    expect(told.map(({ state }) => state)).toEqual([null, "done", null]);
    expect(told.at(-1)).toMatchObject({ step: "read", precision: "minute" });
    const corrected = [step("ended", 1_000), step("corrected", 2_000), step("read", 3_000)];
    expect(line("done", corrected).map(({ state }) => state)).toEqual(["error", "done", null]);
  });

  it("shows that a message waits for its answer only until it has arrived", () => {
    const until = "2026-03-03T10:02:00.000Z";
    const steps = [step("shown", 10, { until }), step("postponed", 20, { until })];
    expect(line("executing", steps).map((told) => told.until)).toEqual([until, until]);
    const answered = [...steps, step("ended", 30)];
    expect(line("done", answered).map((told) => told.until)).toEqual([null, until, null]);
  });

  it("keeps the notes of steps, and leaves those of the end to the outcome", () => {
    const told = line("error", [
      step("asked", 0),
      step("shown", 10, { note: "2 of 3" }),
      step("ended", 20, { note: "no display" }),
    ]);
    expect(told.map(({ note }) => note)).toEqual([null, "2 of 3", null]);
  });

  it("recognises a cancelled action that a newer one replaced", () => {
    const replaced = step("ended", 10, { note: "replaced by a newer one" });
    expect(isReplaced({ state: "cancelled", steps: [step("asked", 0), replaced] })).toBe(true);
    expect(isReplaced({ state: "cancelled", steps: [step("asked", 0), step("ended", 10)] })).toBe(false);
  });
});
