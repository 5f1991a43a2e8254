import type { DeviceFacts } from "@muster/shared/alarms/alarm-condition.ts";
import type { WatchedDevice } from "../../fleet/index.ts";
import type { AlarmTransition, SelfEndReason } from "../alarm-transition.ts";
import { type AlarmEntry, nextAlarmState, type Observation } from "./alarm-state.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { type HistoryRule, type RuleSet, ruleForInstance, type ValueRule } from "./effective-rules.ts";
import { endOf } from "./evaluate-report.ts";
import { transitionOf } from "./watched-transition.ts";

/** How soon a device is looked at again whose alarm may only open later. */
const BLOCKED_RETRY_MS = 300_000;

export type FactEvaluation = {
  entries: readonly AlarmEntry[];
  transitions: readonly AlarmTransition[];
  /** Observed time at which to look again; null for not before the device changes. */
  dueAt: number | null;
};

type Moment = {
  /** Wall time. */
  now: number;
  observedNow: number;
  serverVersion: string;
  /** Types of actions of which the newest one that ended on the device has failed. */
  failedActions: readonly string[];
  /** The agent of the device has just left. */
  hasJustLeft: boolean;
  /** Rules from this wall time on are new: what they find now was so before them. Null for none. */
  newSince: number | null;
};

/**
 * Looks at what is known about a device between its reports: evaluates the rules about it, and ends what other rules opened that no
 * longer apply. Pure.
 */
export function evaluateFacts(
  rules: RuleSet,
  device: WatchedDevice,
  entries: readonly AlarmEntry[],
  moment: Moment,
): FactEvaluation {
  const { now, observedNow } = moment;
  const effective = rules.effectiveFor(device);
  const facts = factsOfDevice(device, entries, { rules, moment });
  const applied = device.isArchived
    ? effective.factRules.filter(({ type }) => type === "device-left")
    : device.isApproved
      ? effective.factRules
      : [];
  const kept: AlarmEntry[] = [];
  const transitions: AlarmTransition[] = [];
  const appliedIds = new Set(applied.map(({ id }) => id));
  for (const entry of entries) {
    if (appliedIds.has(entry.ruleId)) continue;
    const reason = endReasonOf(entry, { rules, device, appliedIds });
    if (reason === null) kept.push(entry);
    else {
      const version = rules.find(entry.ruleId)?.rule.version;
      const transition = endOf(entry, { ...device, at: now, version }, reason);
      if (transition) transitions.push(transition);
    }
  }
  const due: number[] = [];
  for (const rule of applied) {
    const before = entries.find(({ ruleId }) => ruleId === rule.id) ?? null;
    const observation = observationOf(rule, facts, moment);
    const { entry, event } = observation
      ? nextAlarmState(before, null, observation, rule)
      : { entry: before, event: null };
    if (event) transitions.push(transitionOf(device, rule, { instance: null, at: now, event }));
    if (!entry) continue;
    kept.push(entry);
    const dueAt = dueAtOf(entry, rule, observedNow);
    if (dueAt !== null) due.push(dueAt);
  }
  return { entries: kept, transitions, dueAt: due.length === 0 ? null : Math.min(...due) };
}

function factsOfDevice(
  device: WatchedDevice,
  entries: readonly AlarmEntry[],
  { rules, moment }: { rules: RuleSet; moment: Moment },
): DeviceFacts {
  const wasLeft = entries.some(({ ruleId }) => rules.find(ruleId)?.rule.type === "device-left");
  return {
    ...device,
    hasLeft: device.isArchived && (moment.hasJustLeft || wasLeft),
    agentVersion: device.origin === "muster" ? device.agentVersion : null,
    serverVersion: moment.serverVersion,
    failedActions: moment.failedActions,
  };
}

function observationOf(rule: CompiledRule, facts: DeviceFacts, moment: Moment): Observation | null {
  const { condition, createdAt, ignoresExisting } = rule;
  if (condition.watches !== "device") return null;
  const holds = condition.holds(facts);
  const text = condition.textOf?.(facts) ?? undefined;
  return {
    levels: { [condition.severity]: { violates: holds, isClear: !holds } },
    now: moment.observedNow,
    at: moment.now,
    maxGapMs: null,
    mayOpen: rule.isActiveAt(moment.now),
    isQuiet: ignoresExisting && moment.newSince !== null && createdAt >= moment.newSince,
    facts: text === undefined ? {} : { text },
  };
}

function endReasonOf(
  entry: AlarmEntry,
  context: { rules: RuleSet; device: WatchedDevice; appliedIds: ReadonlySet<string> },
): SelfEndReason | null {
  const { rules, device } = context;
  if (device.isArchived) return "device-archived";
  const found = rules.find(entry.ruleId);
  if (!found) return "rule-removed";
  if (!found.isEnabled) return "rule-off";
  const { valueGroups, historyGroups } = rules.effectiveFor(device);
  const groups: readonly (readonly (ValueRule | HistoryRule)[])[] = [...valueGroups, ...historyGroups];
  const group = groups.find((one) => one.some(({ id }) => id === entry.ruleId));
  return group && ruleForInstance(group, entry.instance)?.id === entry.ruleId ? null : "rule-changed";
}

function dueAtOf(
  { levels, cooldownUntil = 0 }: AlarmEntry,
  { forMs }: CompiledRule,
  now: number,
): number | null {
  const pending = Object.values(levels).find((state) => state.s === "pending");
  if (!pending) return null;
  const dueAt = Math.max(pending.since + forMs, cooldownUntil);
  return dueAt > now ? dueAt : now + BLOCKED_RETRY_MS;
}
