import type { WatchedReport } from "../../fleet/index.ts";
import type { AlarmTransition, SelfEndReason } from "../alarm-transition.ts";
import { type AlarmEntry, factsOf, nextAlarmState, openSeverityOf, type Observation } from "./alarm-state.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import {
  type EffectiveRules,
  isValueRule,
  type RuleSet,
  ruleForInstance,
  type ValueRule,
} from "./effective-rules.ts";
import { readEntries, writeEntries } from "./watch-state.ts";
import { transitionOf, type WatchedTransition, writeWatched } from "./watched-transition.ts";

/** Instances of one rule and device that are kept: names come from devices. */
export const MAX_INSTANCES_PER_RULE = 64;
/** After so many intervals without a value, nothing is known about the time in between. */
export const INTERVALS_PER_GAP = 3;

/** Compares the values of a report with the rules in force. Pure; what is normal and stays so costs a comparison. */
export function evaluateReport(
  rules: RuleSet,
  report: WatchedReport,
): { state: string | null; signals: readonly string[] } {
  const effective = rules.effectiveFor(report);
  const before = entriesOf(report);
  const after = new Map<string, AlarmEntry>(before);
  const watched: WatchedTransition[] = [];
  const seen = new Set<string>();
  for (const group of effective.valueGroups) {
    for (const [instance, value] of group[0].condition.read(report)) {
      const rule = ruleForInstance(group, instance);
      if (!rule) continue;
      const key = keyOf(rule.id, instance);
      const entry = before.get(key) ?? null;
      if (entry === null && !rule.condition.violates(value)) continue;
      if (entry === null && countOf(after, rule.id) >= MAX_INSTANCES_PER_RULE) continue;
      seen.add(key);
      const next = nextAlarmState(entry, instance, observationOf(rule, value, report), rule);
      if (next.entry) after.set(key, next.entry);
      else after.delete(key);
      if (next.event) {
        const { conditionVersion } = rule;
        const transition = transitionOf(report, rule, { instance, at: report.receivedAt, event: next.event });
        watched.push({ transition, conditionVersion });
      }
    }
  }
  for (const [key, entry] of before) {
    if (seen.has(key)) continue;
    const verdict = judgeUnseen(entry, { rules, effective, report });
    if (verdict === "keep") continue;
    after.delete(key);
    if (verdict === "drop") continue;
    watched.push(...endsOf(entry, rules.find(entry.ruleId)?.rule, report, verdict));
  }
  if (before.size === 0 && after.size === 0) return NOTHING;
  return { state: writeEntries([...after.values()]), signals: watched.map(writeWatched) };
}

const NO_ENTRIES: ReadonlyMap<string, AlarmEntry> = new Map();

function entriesOf({ state }: WatchedReport): ReadonlyMap<string, AlarmEntry> {
  if (state === null) return NO_ENTRIES;
  return new Map(readEntries(state).map((entry) => [keyOf(entry.ruleId, entry.instance), entry]));
}

const NOTHING = { state: null, signals: [] };

function keyOf(ruleId: string, instance: string | null): string {
  return instance === null ? ruleId : `${ruleId} ${instance}`;
}

function countOf(entries: ReadonlyMap<string, AlarmEntry>, ruleId: string): number {
  let count = 0;
  for (const entry of entries.values()) if (entry.ruleId === ruleId) count += 1;
  return count;
}

function observationOf(rule: ValueRule, value: number, report: WatchedReport): Observation {
  const { previousReportAt, receivedAt, observedNow, intervalS } = report;
  return {
    levels: rule.condition.judge(value),
    now: observedNow,
    at: receivedAt,
    maxGapMs: INTERVALS_PER_GAP * intervalS * 1000,
    mayOpen: rule.isActiveAt(receivedAt),
    isQuiet: rule.ignoresExisting && previousReportAt !== null && previousReportAt < rule.createdAt,
    facts: factsOfValue(rule, value),
  };
}

function factsOfValue({ condition }: ValueRule, value: number): Observation["facts"] {
  return {
    ...(condition.showsValue !== false && { value }),
    ...(condition.subject !== "" && { text: condition.subject }),
  };
}

/** What becomes of an entry about which the report says nothing, or for which another rule applies by now. */
function judgeUnseen(
  entry: AlarmEntry,
  context: { rules: RuleSet; effective: EffectiveRules; report: WatchedReport },
): "keep" | "drop" | SelfEndReason {
  const { rules, effective, report } = context;
  const found = rules.find(entry.ruleId);
  // Another server may know newer rules: the second stage reads them before it ends anything.
  if (!found || !isValueRule(found.rule)) return "keep";
  if (!found.isEnabled) return "rule-off";
  const group = effective.valueGroups.find((one) => one.some(({ id }) => id === entry.ruleId));
  if (!group || ruleForInstance(group, entry.instance)?.id !== entry.ruleId) return "rule-changed";
  return isWorthKeeping(entry, report, found.rule) ? "keep" : "drop";
}

/** A missing value changes nothing, but what only began, or is over, is not kept for an instance that is gone. */
function isWorthKeeping(
  { levels, cooldownUntil = 0 }: AlarmEntry,
  { observedNow, intervalS }: WatchedReport,
  { forMs }: CompiledRule,
): boolean {
  const gapMs = Math.max(forMs, INTERVALS_PER_GAP * intervalS * 1000);
  const isCurrent = Object.values(levels).some(
    (state) => state.s !== "pending" || observedNow - state.last <= gapMs,
  );
  return isCurrent || cooldownUntil > observedNow;
}

function endsOf(
  entry: AlarmEntry,
  rule: CompiledRule | undefined,
  report: WatchedReport,
  reason: SelfEndReason,
): WatchedTransition[] {
  const transition = endOf(entry, { ...report, at: report.receivedAt, version: rule?.version }, reason);
  return transition ? [{ transition, conditionVersion: entry.conditionVersion }] : [];
}

/** The end of what an entry has open; null when nothing is. */
export function endOf(
  entry: AlarmEntry,
  device: { orgId: string; deviceNo: number; deviceId: string; at: number; version: number | undefined },
  reason: SelfEndReason,
): AlarmTransition | null {
  if (openSeverityOf(entry) === null) return null;
  return transitionOf(
    device,
    { id: entry.ruleId, version: device.version ?? 0 },
    { instance: entry.instance, at: device.at, event: { kind: "ended", reason, facts: factsOf(entry) } },
  );
}
