import type { AlarmRule } from "@muster/shared/contracts/alarm-rule.ts";

type Shadowing = Pick<AlarmRule, "id" | "name">;
type Ordered = Pick<AlarmRule, "id" | "name" | "type" | "settings" | "scope" | "isEnabled">;

/**
 * The rules that never apply, with the earlier rule of the same type, metric and scope that applies in place of each. `rules` are in
 * their order.
 */
export function findShadowedRules(rules: readonly Ordered[]): Map<string, Shadowing> {
  const enabled = rules.filter(({ isEnabled }) => isEnabled);
  const groups = Map.groupBy(enabled, ({ type, settings, scope }) =>
    JSON.stringify([type, settings["metric"] ?? null, scope]),
  );
  const shadowed = new Map<string, Shadowing>();
  for (const group of groups.values())
    for (const [index, rule] of group.entries()) {
      const earlier = group.slice(0, index).find((other) => covers(instancesOf(other), instancesOf(rule)));
      if (earlier) shadowed.set(rule.id, { id: earlier.id, name: earlier.name });
    }
  return shadowed;
}

/** Patterns of names; none stands for every instance. */
function instancesOf({ settings }: Ordered): readonly string[] {
  const { instances } = settings as { instances?: readonly string[] };
  return instances ?? [];
}

/** Compares patterns as they are written: one that matches more in another form is not found. */
function covers(patterns: readonly string[], others: readonly string[]): boolean {
  return patterns.length === 0 || (others.length > 0 && others.every((other) => patterns.includes(other)));
}
