import type { FactCondition } from "@muster/shared/alarms/alarm-condition.ts";
import { type AlarmEntry, nextAlarmState } from "../evaluation/alarm-state.ts";
import type { CompiledRule } from "../evaluation/compiled-rule.ts";
import type { PastAlarm } from "./past-alarm.ts";

export type FactRule = CompiledRule & { condition: FactCondition };
type Span = { from: number; to: number };
/** A time in which a device was absent without an excuse; `to` is null while it lasts. */
export type Outage = { from: number; to: number | null };

/** How often a rule is asked again whose alarm could not open yet. */
const RETRY_MS = 300_000;

/**
 * Evaluates a rule about absence on the recorded outages of one device, oldest first. `gaps` are the times in which no server ran:
 * durations do not count them.
 */
export function tryOutages(
  rule: FactRule,
  outages: readonly Outage[],
  { gaps, now }: { gaps: readonly Span[]; now: number },
): PastAlarm[] {
  const alarms: PastAlarm[] = [];
  let entry: AlarmEntry | null = null;
  let open: PastAlarm | null = null;
  const observedAt = (at: number) =>
    at - gaps.reduce((sum, gap) => sum + Math.max(0, Math.min(gap.to, at) - gap.from), 0);

  function look(at: number, holds: boolean): void {
    const observation = {
      levels: { [rule.condition.severity]: { violates: holds, isClear: !holds } },
      now: observedAt(at),
      at,
      maxGapMs: null,
      mayOpen: rule.isActiveAt(at),
      isQuiet: false,
      facts: {},
    };
    const next = nextAlarmState(entry, null, observation, rule);
    entry = next.entry;
    const { event } = next;
    if (event?.kind === "violated") {
      open = { instance: null, severity: event.severity, from: at, to: null, peak: null };
    } else if (event?.kind === "ended" && open) {
      alarms.push({ ...open, to: at });
      open = null;
    }
  }

  for (const { from, to } of outages) {
    const end = to ?? now;
    look(from, true);
    for (let at = from + rule.forMs; at < end && open === null; at += RETRY_MS) look(at, true);
    if (to !== null) look(to, false);
  }
  return open === null ? alarms : [...alarms, open];
}

export function isFactRule(rule: CompiledRule): rule is FactRule {
  return rule.condition.watches === "device";
}
