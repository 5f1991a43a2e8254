import {
  type AlarmEntry,
  type AlarmEvent,
  nextAlarmState,
  type Observation,
  type RulePlan,
} from "./alarm-state.ts";
import { readEntries, writeEntries } from "./watch-state.ts";

const PLAN: RulePlan = {
  id: "rule",
  conditionVersion: 1,
  forMs: 0,
  share: 100,
  clearForMs: 0,
  minValues: 2,
  cooldownMs: 0,
};

/** Warns from 80, is critical from 95, and is clear below 75. */
export function observe(value: number, now: number, more: Partial<Observation> = {}): Observation {
  return {
    levels: {
      warning: { violates: value >= 80, isClear: value < 75, threshold: 80 },
      critical: { violates: value >= 95, isClear: value < 90, threshold: 95 },
    },
    now,
    at: now,
    maxGapMs: 90_000,
    mayOpen: true,
    isQuiet: false,
    facts: { value },
    ...more,
  };
}

/** A rule and an instance over many values, stored and read again after each. */
export function createRun(given: Partial<RulePlan> = {}) {
  let stored: string | null = null;
  let plan = { ...PLAN, ...given };
  const events: (AlarmEvent & { now: number })[] = [];
  return {
    events,
    get stored() {
      return stored;
    },
    get entry(): AlarmEntry | null {
      return readEntries(stored)[0] ?? null;
    },
    /** The kinds of the events so far, with severity or reason. */
    get told() {
      return events.map((event) =>
        event.kind === "ended" ? `ended ${event.reason}` : `${event.kind} ${event.severity}`,
      );
    },
    changeRule(change: Partial<RulePlan>) {
      plan = { ...plan, ...change, conditionVersion: plan.conditionVersion + 1 };
    },
    see(observation: Observation) {
      const { entry, event } = nextAlarmState(readEntries(stored)[0] ?? null, null, observation, plan);
      stored = writeEntries(entry ? [entry] : []);
      if (event) events.push({ ...event, now: observation.now });
    },
    /** One value every half minute from `start`, in seconds. */
    values(startS: number, values: readonly number[], more: Partial<Observation> = {}) {
      for (const [index, value] of values.entries())
        this.see(observe(value, (startS + 30 * index) * 1000, more));
    },
  };
}
