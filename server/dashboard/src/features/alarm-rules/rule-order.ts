import type { AlarmRule, AlarmRuleScope } from "@muster/shared/contracts/alarm-rule.ts";
import { TYPES } from "./rule-texts.ts";

type Ordered = Pick<AlarmRule, "id" | "type" | "settings" | "scope" | "position">;

/** From the most specific scope on. */
const SPECIFICITY: readonly AlarmRuleScope["kind"][] = ["device", "tag", "customer", "class", "organization"];

/** Rules by type, metric and specificity: the one that applies stands before those that it overrides. */
export function byPrecedence(one: Ordered, other: Ordered): number {
  return (
    TYPES.indexOf(one.type) - TYPES.indexOf(other.type) ||
    metricOf(one).localeCompare(metricOf(other)) ||
    SPECIFICITY.indexOf(one.scope.kind) - SPECIFICITY.indexOf(other.scope.kind) ||
    one.position - other.position
  );
}

/** The ids of the rules whose order among each other decides, in that order. */
export function peersOf(rule: Ordered, rules: readonly Ordered[]): string[] {
  const key = peerKey(rule);
  return rules
    .filter((other) => peerKey(other) === key)
    .toSorted((one, other) => one.position - other.position)
    .map(({ id }) => id);
}

/** The ids of all rules after one has changed places with the peer before or after it; null where there is none. */
export function movedIds(rule: Ordered, rules: readonly Ordered[], step: -1 | 1): string[] | null {
  const peers = peersOf(rule, rules);
  const neighbour = peers[peers.indexOf(rule.id) + step];
  if (neighbour === undefined) return null;
  return rules
    .toSorted((one, other) => one.position - other.position)
    .map(({ id }) => (id === rule.id ? neighbour : id === neighbour ? rule.id : id));
}

function peerKey(rule: Ordered): string {
  return `${rule.type} ${metricOf(rule)} ${rule.scope.kind}`;
}

function metricOf({ settings }: Pick<Ordered, "settings">): string {
  return typeof settings["metric"] === "string" ? settings["metric"] : "";
}
