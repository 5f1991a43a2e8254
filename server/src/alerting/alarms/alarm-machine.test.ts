import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AlarmStep,
  type AlarmSubject,
  CALM_MS,
  calmed,
  changesOf,
  cleared,
  CHANGES_MS,
  ended,
  expired,
  opened,
  RECURRENCE_MS,
  recurs,
  UNSTABLE_CHANGES,
  violated,
} from "./alarm-machine.ts";
import { actionStep } from "./alarm-actions.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import { toldStep } from "./told-notices.ts";

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 30);
const subject: AlarmSubject = {
  id: "a",
  org_id: "o",
  key: "k",
  type: "metric",
  rule_id: "r",
  rule_name: "CPU",
  device_id: "d",
  device_name: "web-1",
  customer_id: null,
  instance: null,
  search_text: "",
};
const by = { type: "user", id: "u", name: "Ann" } as const;
const seen = (at: number, severity: AlarmSeverity = "warning") => ({ at, severity, facts: { value: 95 } });
const over = (at: number) => ({ at, reason: "cleared" as const });
const kinds = (step: AlarmStep | null) => step?.events.map(({ row }) => row.kind);
const notices = (step: AlarmStep | null) =>
  step?.events.flatMap(({ notice }) => (notice === null ? [] : [notice]));
const fresh = (at = START) => opened(subject, seen(at)).row;

/** Opens and clears until it is unstable, a minute for each step. */
function unstable(): AlarmRow {
  let row = fresh();
  for (let at = START + MINUTE; row.occurrences < UNSTABLE_CHANGES; at += 2 * MINUTE) {
    row = violated(cleared(row, over(at)).row, seen(at + MINUTE)).row;
  }
  return row;
}

describe("an alarm", () => {
  test("opens, counts up and ends", () => {
    const first = opened(subject, seen(START));
    expect([kinds(first), notices(first)]).toEqual([["opened"], ["opened"]]);
    const again = violated(first.row, seen(START + MINUTE));
    expect(again).toMatchObject({
      row: { violations: 2, occurrences: 1, last_at: START + MINUTE },
      events: [],
    });
    const end = cleared(again.row, over(START + 2 * MINUTE));
    expect([kinds(end), notices(end)]).toEqual([["ended"], ["ended"]]);
    expect(end.row).toMatchObject({ ended_at: START + 2 * MINUTE, end_reason: "cleared", is_violating: 0 });
  });

  test("opens again within ten minutes, and not later", () => {
    const { row } = cleared(fresh(), over(START + MINUTE));
    expect(recurs(row, START + MINUTE + RECURRENCE_MS)).toBe(true);
    expect(recurs(row, START + MINUTE + RECURRENCE_MS + 1)).toBe(false);
    const again = violated(row, seen(START + 2 * MINUTE));
    expect(kinds(again)).toEqual(["reopened"]);
    expect(again.row).toMatchObject({ ended_at: null, end_reason: null, occurrences: 2, violations: 2 });
  });

  test("is announced when it gets worse, and only recorded when it eases", () => {
    const worse = violated(fresh(), seen(START + MINUTE, "critical"));
    expect([kinds(worse), notices(worse)]).toEqual([["escalated"], ["escalated"]]);
    const better = violated(worse.row, seen(START + 2 * MINUTE));
    expect([kinds(better), notices(better)]).toEqual([["eased"], []]);
  });

  test("that gets worse is no longer snoozed", () => {
    const until = new Date(START + 60 * MINUTE).toISOString();
    const step = actionStep(fresh(), { kind: "snooze", until }, { at: START, by });
    if ("refused" in step) throw new Error(step.refused);
    expect(step.row.snoozed_until).toBe(START + 60 * MINUTE);
    expect(violated(step.row, seen(START + MINUTE, "critical")).row.snoozed_until).toBeNull();
  });

  test("that comes back after its snooze or acknowledgement is over is announced once", () => {
    const until = new Date(START + 5 * MINUTE).toISOString();
    for (const kind of ["snooze", "acknowledge"] as const) {
      const step = actionStep(fresh(), { kind, until }, { at: START, by });
      if ("refused" in step) throw new Error(step.refused);
      const { row } = cleared(step.row, over(START + MINUTE));
      const again = violated(row, seen(START + 6 * MINUTE));
      expect([notices(again), expired(again.row, START + 6 * MINUTE)]).toEqual([["reopened"], null]);
      expect(again.row).toMatchObject({ snoozed_until: null, acknowledged_at: null });
      expect(expired(violated(row, seen(START + 2 * MINUTE)).row, START + 5 * MINUTE)).not.toBeNull();
    }
  });

  test("becomes unstable with one notice, and is quiet until it is calm", () => {
    const row = unstable();
    expect(row.occurrences).toBe(UNSTABLE_CHANGES);
    const since = row.unstable_since ?? 0;
    const clear = cleared(row, over(since + MINUTE));
    const worse = violated(clear.row, seen(since + 2 * MINUTE, "critical"));
    expect([...clear.events, ...worse.events]).toEqual([]);
    expect(worse.row).toMatchObject({ ended_at: null, severity: "critical" });
    expect(calmed(worse.row, since + 2 * MINUTE + CALM_MS - 1)).toBeNull();
    const calm = calmed(worse.row, since + 2 * MINUTE + CALM_MS);
    expect([kinds(calm), notices(calm), calm?.row.unstable_since]).toEqual([["calmed"], ["reopened"], null]);
    const quiet = calmed(clear.row, since + MINUTE + CALM_MS);
    expect([kinds(quiet), quiet?.row.end_reason]).toEqual([["ended"], "cleared"]);
  });

  test("that comes back every quarter of an hour becomes unstable too", () => {
    let row = fresh();
    const all: (string[] | undefined)[] = [];
    for (let round = 1; round <= 3; round += 1) {
      const at = START + round * 15 * MINUTE;
      const before = cleared(row, over(at - 13 * MINUTE)).row;
      const step = recurs(before, at)
        ? violated(before, seen(at))
        : opened(subject, seen(at), changesOf(before, at));
      all.push(kinds(step));
      row = step.row;
    }
    expect(all).toEqual([["opened"], ["opened"], ["unstable"]]);
  });

  test("stays ended when a user resolved it, until its condition has cleared", () => {
    const closed = ended(fresh(), { at: START + MINUTE, reason: "resolved", by }).row;
    expect(closed).toMatchObject({ ended_by: "Ann", is_violating: 1 });
    expect(cleared(closed, over(START + 2 * MINUTE))).toMatchObject({
      row: { is_violating: 0, end_reason: "resolved" },
      events: [],
    });
  });

  test("reminds when an acknowledgement or a snooze is over", () => {
    const until = new Date(START + MINUTE).toISOString();
    const step = actionStep(fresh(), { kind: "acknowledge", until, note: "on it" }, { at: START, by });
    if ("refused" in step) throw new Error(step.refused);
    expect(expired(step.row, START + MINUTE - 1)).toBeNull();
    const reminded = expired(step.row, START + MINUTE);
    expect([kinds(reminded), notices(reminded)]).toEqual([["acknowledgement-ended"], ["reminder"]]);
    expect(reminded?.row).toMatchObject({ acknowledged_at: null, acknowledged_by: null });
  });
});

const MAINTENANCE = { cause: "maintenance", device: null, alarmIds: null } as const;

describe("what is told of an alarm", () => {
  test("is announced with the alarms that say it already, and counts as muted until it is known that nobody is left out", () => {
    const offline = { cause: "device-offline", device: null, alarmIds: ["cause"] } as const;
    const step = toldStep(opened(subject, seen(START)), offline);
    expect(step.events).toMatchObject([{ notice: "opened", inhibitedBy: ["cause"] }]);
    expect(step.row).toMatchObject({ is_muted: 1, is_told: 1 });
    const end = toldStep(cleared(step.row, over(START + MINUTE)), offline);
    expect(end.events[0]).toMatchObject({ notice: "ended" });
    expect(end.events[0]).not.toHaveProperty("inhibitedBy");
  });

  test("leaves out what is muted, and the end of what was never announced", () => {
    const muted = toldStep(opened(subject, seen(START)), MAINTENANCE);
    expect([notices(muted), muted.row.is_muted]).toEqual([[], 1]);
    const end = toldStep(cleared(muted.row, over(START + MINUTE)), null);
    expect([kinds(end), notices(end), end.row.is_muted]).toEqual([["ended"], [], 0]);
  });

  test("includes the end of what was announced, also while it is muted", () => {
    const told = toldStep(opened(subject, seen(START)), null);
    const worse = toldStep(violated(told.row, seen(START + 1, "critical")), MAINTENANCE);
    expect([notices(worse), worse.row.is_muted]).toEqual([[], 1]);
    expect(notices(toldStep(cleared(worse.row, over(START + MINUTE)), MAINTENANCE))).toEqual(["ended"]);
  });
});

type Input = { minutes: number; kind: "warning" | "critical" | "clear" | "resolve" | "job" };
const input: fc.Arbitrary<Input> = fc.record({
  minutes: fc.oneof({ weight: 4, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.nat(45) }),
  kind: fc.constantFrom("warning", "critical", "clear", "resolve", "job"),
});

describe("any sequence of inputs", () => {
  /** Plays inputs and returns what was told, with the row after each. */
  function play(inputs: readonly Input[]) {
    let row = fresh();
    let at = START;
    const told: { at: number; notice: string; row: AlarmRow }[] = [];
    const events: number[] = [1];
    for (const { minutes, kind } of inputs) {
      at += minutes * MINUTE;
      const step = next(row, kind, at);
      if (!step) continue;
      const after = toldStep(step, null);
      row = after.row;
      for (const { row: event, notice } of after.events) {
        events.push(event.number);
        if (notice !== null) told.push({ at, notice, row });
      }
    }
    return { row, told, events };
  }

  function next(row: AlarmRow, kind: Input["kind"], at: number): AlarmStep | null {
    if (kind === "job") return calmed(row, at) ?? expired(row, at);
    if (kind === "clear") return cleared(row, over(at));
    if (kind === "resolve") {
      const step = actionStep(row, { kind: "resolve" }, { at, by });
      return "refused" in step ? null : step;
    }
    if (row.ended_at !== null && !recurs(row, at)) return null;
    return violated(row, seen(at, kind));
  }

  test("numbers its events without a gap, and keeps what belongs together", () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        const { row, events } = play(inputs);
        expect(events).toEqual(events.map((_, index) => index + 1));
        expect(row.ended_at === null).toBe(row.end_reason === null);
        if (row.ended_at !== null) expect(row.unstable_since).toBeNull();
        if (row.ended_at === null && row.unstable_since === null) expect(row.is_violating).toBe(1);
      }),
    );
  });

  test("announces nothing between `unstable` and its calm but an end", () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        const { told } = play(inputs);
        for (const [index, { notice, at }] of told.entries()) {
          const following = told[index + 1];
          if (notice !== "unstable" || !following || following.notice === "ended") continue;
          expect(following.notice).toBe("reopened");
          expect(following.at - at).toBeGreaterThanOrEqual(CALM_MS);
        }
      }),
    );
  });

  test("announces at most the limit of changes in an hour without calling it unstable", () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        const { told } = play(inputs);
        for (const { at } of told) {
          const within = told.filter((one) => one.at > at - CHANGES_MS && one.at <= at);
          const opening = within.filter(({ notice }) => notice === "reopened" || notice === "escalated");
          const isCalmed = within.some(({ notice }) => notice === "unstable");
          if (!isCalmed) expect(opening.length).toBeLessThan(UNSTABLE_CHANGES + 1);
        }
      }),
    );
  });
});
