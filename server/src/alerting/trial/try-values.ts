import { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { AlarmEntry, RulePlan } from "../evaluation/alarm-state.ts";
import { nextAlarmState } from "../evaluation/alarm-state.ts";
import type { ValueRule } from "../evaluation/effective-rules.ts";
import { INTERVALS_PER_GAP, MAX_INSTANCES_PER_RULE } from "../evaluation/evaluate-report.ts";
import type { PastAlarm } from "./past-alarm.ts";

/** One value of the past. */
export type PastValue = {
  instance: string | null;
  value: number;
  /** When it was measured, or when the step began that it is the average of. */
  at: number;
  /** 0 for a value that was measured. */
  stepMs: number;
  intervalS: number;
};

export type ValueTrial = {
  /** The next value; those of an instance come in the order of their times. */
  add(value: PastValue): void;
  /** What would have been opened, those that are still open last. */
  alarms(): PastAlarm[];
};

/** Steps that are further apart than this have a gap between them. */
const MAX_STEPS_APART = 1.5;

/**
 * Evaluates a rule about values on the past of one device, by the state machine that evaluates reports. `isHigherWorse` says which value
 * of an alarm is its peak.
 */
export function createValueTrial(rule: ValueRule, isHigherWorse: boolean): ValueTrial {
  const entries = new Map<string | null, AlarmEntry>();
  const open = new Map<string | null, PastAlarm>();
  const ended: PastAlarm[] = [];

  function follow(value: PastValue, at: number): void {
    const { instance } = value;
    const before = entries.get(instance) ?? null;
    if (before === null && !rule.condition.violates(value.value)) return;
    if (before === null && entries.size >= MAX_INSTANCES_PER_RULE) return;
    const { entry, event } = nextAlarmState(
      before,
      instance,
      {
        levels: rule.condition.judge(value.value),
        now: at,
        at,
        maxGapMs: Math.max(INTERVALS_PER_GAP * value.intervalS * 1_000, MAX_STEPS_APART * value.stepMs),
        mayOpen: rule.isActiveAt(at),
        isQuiet: false,
        facts: { value: value.value },
      },
      planFor(rule, value.stepMs),
    );
    if (entry) entries.set(instance, entry);
    else entries.delete(instance);
    const alarm = open.get(instance);
    if (event?.kind === "violated") {
      open.set(instance, {
        instance,
        severity: event.severity,
        from: at,
        to: null,
        peak: peakOf(null, value.value),
      });
    } else if (alarm && event?.kind === "ended") {
      ended.push({ ...alarm, to: at });
      open.delete(instance);
    } else if (alarm) {
      if (event?.kind === "escalated") alarm.severity = worst(alarm.severity, event.severity);
      alarm.peak = peakOf(alarm.peak, value.value);
    }
  }

  function peakOf(peak: number | null, value: number): number | null {
    if (rule.condition.showsValue === false) return null;
    if (peak === null) return value;
    return isHigherWorse ? Math.max(peak, value) : Math.min(peak, value);
  }

  return {
    // An average is known at the end of its step.
    add: (value) => follow(value, value.at + value.stepMs),
    alarms: () => [...ended, ...open.values()],
  };
}

/** An average covers its whole step: one that violates counts for as long, and needs no second one. */
function planFor(rule: ValueRule, stepMs: number): RulePlan {
  if (stepMs === 0) return rule;
  return { ...rule, forMs: Math.max(0, rule.forMs - stepMs), minValues: 1 };
}

function worst(one: AlarmSeverity, other: AlarmSeverity): AlarmSeverity {
  const rank = (severity: AlarmSeverity) => AlarmSeverity.options.indexOf(severity);
  return rank(one) > rank(other) ? one : other;
}
