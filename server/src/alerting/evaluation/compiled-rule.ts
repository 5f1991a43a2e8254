import { type ActiveHours, createActiveHours } from "@muster/shared/alarms/active-hours.ts";
import type { AlarmCondition } from "@muster/shared/alarms/alarm-condition.ts";
import { ALARM_TYPES, type AlarmType } from "@muster/shared/alarms/catalog.ts";
import type { AlarmRuleScope } from "@muster/shared/contracts/alarm-rule.ts";
import type { ViewQuery } from "@muster/shared/contracts/saved-view.ts";
import { scopeOf } from "../rules/rule-row.ts";
import type { AlarmRulesTable } from "../rules/rules.tables.ts";
import type { RulePlan } from "./alarm-state.ts";

/** A rule, ready to be evaluated. */
export type CompiledRule = RulePlan & {
  name: string;
  version: number;
  type: AlarmType;
  scope: AlarmRuleScope;
  /** The filters of the view of the scope; null for another scope. */
  view: ViewQuery | null;
  position: number;
  /** Wall time. */
  createdAt: number;
  ignoresExisting: boolean;
  condition: AlarmCondition;
  /** Whether it may open an alarm at this wall time. */
  isActiveAt(at: number): boolean;
};

/** A duration is not known to have passed on the word of one report. */
const MIN_VALUES_OF_REPORTS = 2;
const MINUTE_MS = 60_000;

/** `view` are the filters of the view that the rule is for. */
export function compileRule(row: AlarmRulesTable, view: ViewQuery | null = null): CompiledRule {
  const condition = ALARM_TYPES[row.type].conditionOf(JSON.parse(row.settings));
  const watchesValues = condition.watches === "values";
  return {
    id: row.id,
    name: row.name,
    version: row.edit_version,
    conditionVersion: row.condition_version,
    type: row.type,
    scope: scopeOf(row),
    view,
    position: row.position,
    createdAt: row.created_at,
    ignoresExisting: row.ignores_existing === 1,
    condition,
    forMs: condition.forMs,
    share: watchesValues ? condition.share : 100,
    clearForMs: condition.watches === "device" ? 0 : condition.clearForMs,
    minValues: watchesValues ? MIN_VALUES_OF_REPORTS : 1,
    cooldownMs: row.cooldown_s * 1000,
    isActiveAt: row.active_hours === null ? () => true : activeByMinute(JSON.parse(row.active_hours)),
  };
}

/** Reading the local time costs as much as all the rest of a report, and the answer is the same for a minute. */
function activeByMinute(hours: ActiveHours): (at: number) => boolean {
  const isActive = createActiveHours(hours);
  let known = { minute: Number.NaN, isActive: false };
  return (at) => {
    const minute = Math.floor(at / MINUTE_MS);
    if (known.minute !== minute) known = { minute, isActive: isActive(at) };
    return known.isActive;
  };
}
