import type { WatchedDevice } from "../../fleet/index.ts";
import type { AlarmTransition } from "../alarm-transition.ts";
import { type AlarmEntry, nextAlarmState } from "../evaluation/alarm-state.ts";
import { type RuleSet, ruleForInstance } from "../evaluation/effective-rules.ts";
import { MAX_INSTANCES_PER_RULE } from "../evaluation/evaluate-report.ts";
import { transitionOf } from "../evaluation/watched-transition.ts";
import { type HistoryFinding, judgedScore } from "./history-finding.ts";

type Moment = {
  /** Wall time. */
  now: number;
  observedNow: number;
  /** Between two looks that are further apart, nothing is known. */
  maxGapMs: number;
};

/** What findings make of the state of a device. A finding of a rule that has changed since is left out: the next look brings another. Pure. */
export function evaluateHistory(
  rules: RuleSet,
  device: WatchedDevice,
  before: readonly AlarmEntry[],
  { findings, moment }: { findings: readonly HistoryFinding[]; moment: Moment },
): { entries: readonly AlarmEntry[]; transitions: readonly AlarmTransition[] } {
  let entries = before;
  const transitions: AlarmTransition[] = [];
  const { historyGroups } = rules.effectiveFor(device);
  if (device.isArchived || !device.isApproved) return { entries, transitions };
  for (const finding of findings) {
    const { ruleId, instance } = finding;
    const group = historyGroups.find((one) => one.some(({ id }) => id === ruleId));
    const rule = group && ruleForInstance(group, instance);
    if (rule?.id !== ruleId || rule.conditionVersion !== finding.conditionVersion) continue;
    const isOwn = (entry: AlarmEntry) => entry.ruleId === ruleId && entry.instance === instance;
    const known = entries.find(isOwn) ?? null;
    const levels = rule.condition.judge(judgedScore(finding));
    if (known === null && !Object.values(levels).some(({ violates }) => violates)) continue;
    const ofRule = entries.filter((entry) => entry.ruleId === ruleId);
    if (known === null && ofRule.length >= MAX_INSTANCES_PER_RULE) continue;
    const { now, observedNow, maxGapMs } = moment;
    const observation = {
      levels,
      now: observedNow,
      at: now,
      maxGapMs,
      mayOpen: rule.isActiveAt(now),
      isQuiet: finding.isExisting,
      facts: finding.facts,
    };
    const next = nextAlarmState(known, instance, observation, rule);
    const others = entries.filter((entry) => !isOwn(entry));
    entries = next.entry ? [...others, next.entry] : others;
    if (next.event) transitions.push(transitionOf(device, rule, { instance, at: now, event: next.event }));
  }
  return { entries, transitions };
}
