import type { AlarmFacts, AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { SelfEndReason } from "../alarm-transition.ts";
import {
  type Duration,
  type Finding,
  type LevelState,
  nextLevelState,
  type OpenLevel,
} from "./level-state.ts";

/** From mild to severe. */
const SEVERITIES = ["info", "warning", "critical"] as const satisfies readonly AlarmSeverity[];

/** What the evaluation keeps of one rule and instance of a device. Nothing is kept while all of it is normal. */
export type AlarmEntry = {
  ruleId: string;
  /** Of the rule's condition: see `adopt`. */
  conditionVersion: number;
  instance: string | null;
  levels: { readonly [Severity in AlarmSeverity]?: LevelState };
  /** Observed time until which nothing opens again. */
  cooldownUntil?: number;
  /** Observed time of the transition before this one. */
  reportedAt?: number;
};

/** What the state machine has to know about a rule. */
export type RulePlan = Duration & {
  id: string;
  conditionVersion: number;
  cooldownMs: number;
};

/** One value of an instance. A missing value is none at all: it changes nothing. */
export type Observation = Omit<Finding, "violates" | "isClear"> & {
  /** What the value means for each level of the rule. */
  levels: { readonly [Severity in AlarmSeverity]?: LevelFinding };
  facts: Omit<AlarmFacts, "since" | "count" | "threshold">;
};

export type LevelFinding = Pick<Finding, "violates" | "isClear"> & { threshold?: number };

export type AlarmEvent =
  | { kind: "violated" | "escalated" | "eased" | "continued"; severity: AlarmSeverity; facts: AlarmFacts }
  | { kind: "ended"; reason: SelfEndReason; facts: AlarmFacts };

/** How often an alarm that goes on is reported, in observed time. */
const CONTINUED_EVERY_MS = 600_000;

/**
 * The next state of one rule and instance, and what changed for those who watch alarms. Each level has a state of its own; the alarm has
 * the severity of the worst level that fires. Pure.
 */
export function nextAlarmState(
  before: AlarmEntry | null,
  instance: string | null,
  observation: Observation,
  plan: RulePlan,
): { entry: AlarmEntry | null; event: AlarmEvent | null } {
  const { now } = observation;
  const isOfOtherRule = before !== null && before.conditionVersion !== plan.conditionVersion;
  const adopted = before && isOfOtherRule ? adopt(before, observation, plan) : before;
  const severityBefore = before && openSeverityOf(before);
  const mayOpen = observation.mayOpen && now >= (adopted?.cooldownUntil ?? 0);
  const finding = { ...observation, mayOpen: mayOpen || severityBefore !== null };
  // What an earlier version of the rule opened, and this one calls clear, ends without waiting.
  const duration = isOfOtherRule ? { ...plan, clearForMs: 0 } : plan;
  const entry: AlarmEntry = {
    ruleId: plan.id,
    conditionVersion: plan.conditionVersion,
    instance,
    levels: nextLevels(adopted, finding, duration),
    ...(adopted?.cooldownUntil !== undefined && { cooldownUntil: adopted.cooldownUntil }),
    ...(adopted?.reportedAt !== undefined && { reportedAt: adopted.reportedAt }),
  };
  const event = eventOf(before, severityBefore, { entry, observation, isOfOtherRule });
  return { entry: keptEntry(entry, event, now, plan), event };
}

/** The worst level that is open and not quiet; null for none. */
export function openSeverityOf({ levels }: AlarmEntry): AlarmSeverity | null {
  return SEVERITIES.findLast((severity) => isOpen(levels[severity])) ?? null;
}

/** The figures of what is open. */
export function factsOf({ levels }: AlarmEntry): AlarmFacts {
  const open = SEVERITIES.map((severity) => levels[severity]).filter(isOpen);
  if (open.length === 0) return {};
  return {
    since: Math.min(...open.map(({ at }) => at)),
    count: Math.max(...open.map(({ count }) => count)),
  };
}

function isOpen(state: LevelState | undefined): state is OpenLevel {
  return state !== undefined && state.s !== "pending" && state.isQuiet !== true;
}

/**
 * An entry of another version of the rule: what fires goes on as long as the new condition does not call it clear, at a level that the
 * rule still has.
 */
function adopt(
  { levels, ...entry }: AlarmEntry,
  observation: Pick<Observation, "levels">,
  plan: RulePlan,
): AlarmEntry {
  const open = SEVERITIES.flatMap((severity) => {
    const state = levels[severity];
    return state && state.s !== "pending" ? [[severity, state] as const] : [];
  });
  const known = open.filter(([severity]) => observation.levels[severity] !== undefined);
  const [mildest] = SEVERITIES.filter((severity) => observation.levels[severity] !== undefined);
  const [, worst] = open.at(-1) ?? [];
  const moved = known.length === 0 && mildest && worst ? [[mildest, worst] as const] : known;
  return { ...entry, conditionVersion: plan.conditionVersion, levels: Object.fromEntries(moved) };
}

function nextLevels(
  before: AlarmEntry | null,
  finding: Omit<Observation, "facts">,
  duration: Duration,
): AlarmEntry["levels"] {
  const { levels, ...common } = finding;
  const next = SEVERITIES.flatMap((severity) => {
    const level = levels[severity];
    if (!level) return [];
    const state = nextLevelState(before?.levels[severity] ?? null, { ...common, ...level }, duration);
    return state === null ? [] : [[severity, state] as const];
  });
  return Object.fromEntries(next);
}

function eventOf(
  before: AlarmEntry | null,
  severityBefore: AlarmSeverity | null,
  after: { entry: AlarmEntry; observation: Observation; isOfOtherRule: boolean },
): AlarmEvent | null {
  const { entry, observation, isOfOtherRule } = after;
  const severity = openSeverityOf(entry);
  if (severity === null) {
    if (before === null || severityBefore === null) return null;
    const facts = { ...factsOf(before), ...observation.facts };
    return { kind: "ended", reason: isOfOtherRule ? "rule-changed" : "cleared", facts };
  }
  const threshold = observation.levels[severity]?.threshold;
  const facts = { ...factsOf(entry), ...observation.facts, ...(threshold !== undefined && { threshold }) };
  if (severityBefore === null) return { kind: "violated", severity, facts };
  const change = SEVERITIES.indexOf(severity) - SEVERITIES.indexOf(severityBefore);
  if (change !== 0) return { kind: change > 0 ? "escalated" : "eased", severity, facts };
  const isDue = observation.now - (entry.reportedAt ?? 0) >= CONTINUED_EVERY_MS;
  const isViolating = observation.levels[severity]?.violates === true;
  return isDue && isViolating ? { kind: "continued", severity, facts } : null;
}

function keptEntry(
  entry: AlarmEntry,
  event: AlarmEvent | null,
  now: number,
  { cooldownMs }: RulePlan,
): AlarmEntry | null {
  const { cooldownUntil: coolingUntil, reportedAt, ...rest } = entry;
  const cooldownUntil = event?.kind === "ended" && cooldownMs > 0 ? now + cooldownMs : coolingUntil;
  const isCooling = cooldownUntil !== undefined && cooldownUntil > now;
  if (!isCooling && Object.keys(entry.levels).length === 0) return null;
  const reported = event === null ? reportedAt : now;
  return {
    ...rest,
    ...(isCooling && { cooldownUntil }),
    ...(reported !== undefined && openSeverityOf(entry) !== null && { reportedAt: reported }),
  };
}
