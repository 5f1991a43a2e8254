import { matchesAny } from "@muster/shared/alarms/instance-pattern.ts";
import type { CompiledRule } from "../evaluation/compiled-rule.ts";
import { isValueRule, type RuleGroup } from "../evaluation/effective-rules.ts";

/** Which rules compete with a draft on one device. */
export type Rivals = {
  /** The instances for which the draft applies; null stands for the whole device. */
  applied: Set<string | null>;
  /** Rules that apply in place of the draft. */
  overriddenBy: Set<string>;
  /** Rules in place of which the draft applies. */
  overrides: Set<string>;
};

/** Compares a draft with the other rules of its group, most specific first, for each instance of a device. */
export function rivalsOf(draftId: string, group: RuleGroup, instances: readonly (string | null)[]): Rivals {
  const rivals: Rivals = { applied: new Set(), overriddenBy: new Set(), overrides: new Set() };
  for (const instance of instances) {
    const [first, second] = group.filter((rule) => matches(rule, instance));
    if (first?.id === draftId) {
      rivals.applied.add(instance);
      if (second) rivals.overrides.add(second.id);
    } else if (first && group.some((rule) => rule.id === draftId && matches(rule, instance))) {
      rivals.overriddenBy.add(first.id);
    }
  }
  return rivals;
}

function matches(rule: CompiledRule, instance: string | null): boolean {
  return instance === null || (isValueRule(rule) && matchesAny(rule.condition.instances, instance));
}
