import type { HistoryCondition, ValueCondition } from "@muster/shared/alarms/alarm-condition.ts";
import { matchesAny } from "@muster/shared/alarms/instance-pattern.ts";
import type { AlarmRuleScope } from "@muster/shared/contracts/alarm-rule.ts";
import { isInView, type ViewSubject } from "@muster/shared/view-scope.ts";
import type { CompiledRule } from "./compiled-rule.ts";

/** Where a device belongs. */
export type RuleSubject = Omit<ViewSubject, "tags"> & {
  deviceId: string;
  /** JSON array. */
  tags: string;
};

export type ValueRule = CompiledRule & { condition: ValueCondition };
export type HistoryRule = CompiledRule & { condition: HistoryCondition };

/** Rules of one type and metric, the most specific one first. */
export type RuleGroup = readonly CompiledRule[];

/** The rules that apply to a device. */
export type EffectiveRules = {
  groups: readonly RuleGroup[];
  /** Those of the groups that watch reports. */
  valueGroups: readonly (readonly [ValueRule, ...ValueRule[]])[];
  /** Those of the groups that watch the history. */
  historyGroups: readonly (readonly [HistoryRule, ...HistoryRule[]])[];
  /** The one of each other group that applies. */
  factRules: readonly CompiledRule[];
};

/** The enabled rules of an organization. */
export type RuleSet = {
  version: number;
  effectiveFor(subject: RuleSubject): EffectiveRules;
  /** Also one that is switched off; undefined for a rule that there is not. */
  find(ruleId: string): { rule: CompiledRule; isEnabled: boolean } | undefined;
  /** Whether any enabled rule needs this of the history. */
  asksFor(kind: HistoryKind): boolean;
};

export type HistoryKind = HistoryCondition["basis"]["kind"];

/** From the most specific scope on. */
const SPECIFICITY = [
  "device",
  "view",
  "tag",
  "customer",
  "class",
  "organization",
] as const satisfies readonly AlarmRuleScope["kind"][];

/** Devices that belong to the same places share their rules: so many different combinations are kept. */
const MAX_CACHED = 2_000;

export function createRuleSet(
  version: number,
  rules: readonly { rule: CompiledRule; isEnabled: boolean }[],
): RuleSet {
  const sorted = rules
    .filter(({ isEnabled }) => isEnabled)
    .map(({ rule }) => rule)
    .toSorted(bySpecificity);
  const byId = new Map(rules.map((entry) => [entry.rule.id, entry]));
  const withOwnRules = new Set(
    sorted.flatMap(({ scope }) => (scope.kind === "device" ? [scope.deviceId] : [])),
  );
  const hasViews = sorted.some(({ scope }) => scope.kind === "view");
  const known = new Map<string, EffectiveRules>();
  return {
    version,
    effectiveFor(subject) {
      const { deviceId, customerId, tags, deviceClass } = subject;
      const own = withOwnRules.has(deviceId) ? deviceId : "";
      const viewed = hasViews ? `${subject.osFamily} ${subject.osName} ${subject.customer}` : "";
      const key = `${own} ${customerId ?? ""} ${deviceClass} ${tags} ${viewed}`;
      const found = known.get(key);
      if (found) return found;
      if (known.size >= MAX_CACHED) known.clear();
      const effective = selectRules(sorted, subject);
      known.set(key, effective);
      return effective;
    },
    find: (ruleId) => byId.get(ruleId),
    asksFor: (kind) => sorted.some((rule) => isHistoryRule(rule) && rule.condition.basis.kind === kind),
  };
}

function bySpecificity(a: CompiledRule, b: CompiledRule): number {
  const difference = SPECIFICITY.indexOf(a.scope.kind) - SPECIFICITY.indexOf(b.scope.kind);
  return difference || a.position - b.position || (a.id < b.id ? -1 : 1);
}

function selectRules(sorted: readonly CompiledRule[], subject: RuleSubject): EffectiveRules {
  const tags = new Set(readTags(subject.tags));
  const groups = Map.groupBy(
    sorted.filter((rule) => isInScope(rule, { ...subject, tags })),
    groupKeyOf,
  );
  const all = [...groups.values()];
  return {
    groups: all,
    valueGroups: all.flatMap((group) => filled(group.filter(isValueRule))),
    historyGroups: all.flatMap((group) => filled(group.filter(isHistoryRule))),
    factRules: all.flatMap(([first]) => (first?.condition.watches === "device" ? [first] : [])),
  };
}

function filled<Rule>([first, ...others]: readonly Rule[]): (readonly [Rule, ...Rule[]])[] {
  return first === undefined ? [] : [[first, ...others]];
}

function isInScope(
  { scope, view }: CompiledRule,
  subject: Omit<RuleSubject, "tags"> & { tags: ReadonlySet<string> },
): boolean {
  switch (scope.kind) {
    case "organization":
      return true;
    case "customer":
      return scope.customerId === subject.customerId;
    case "tag":
      return subject.tags.has(scope.tag);
    case "class":
      return scope.deviceClass === subject.deviceClass;
    case "view":
      return view !== null && isInView(view, subject);
    case "device":
      return scope.deviceId === subject.deviceId;
  }
}

function groupKeyOf({ type, condition }: CompiledRule): string {
  return condition.watches === "device" ? type : `${type} ${condition.subject}`;
}

export function isValueRule(rule: CompiledRule): rule is ValueRule {
  return rule.condition.watches === "values";
}

function isHistoryRule(rule: CompiledRule): rule is HistoryRule {
  return rule.condition.watches === "history";
}

/** The rule of a group that applies to an instance; null stands for the whole device. */
export function ruleForInstance<Rule extends ValueRule | HistoryRule>(
  group: readonly Rule[],
  instance: string | null,
): Rule | undefined {
  if (instance === null) return group[0];
  return group.find(({ condition }) => matchesAny(condition.instances, instance));
}

function readTags(tags: string): string[] {
  const parsed: unknown = JSON.parse(tags);
  return Array.isArray(parsed) ? parsed.filter((tag) => typeof tag === "string") : [];
}
