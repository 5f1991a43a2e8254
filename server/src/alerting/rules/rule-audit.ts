import { type ChangedBy, changesOf } from "../../identity/index.ts";
import { toAlarmRule } from "./rule-row.ts";
import type { AlarmRulesTable } from "./rules.tables.ts";

export function createdEntry(row: AlarmRulesTable, by: ChangedBy) {
  const { type, settings, scope } = toAlarmRule(row);
  return { ...entryOf(row, by), action: "alarm-rule.created", details: { type, settings, scope } } as const;
}

export function changeEntry(before: AlarmRulesTable, after: AlarmRulesTable, by: ChangedBy) {
  const { name, settings, scope, isEnabled, activeHours, cooldownS } = toAlarmRule(after);
  const changes = changesOf(toAlarmRule(before), {
    name,
    settings,
    scope,
    isEnabled,
    activeHours,
    cooldownS,
  });
  return { ...entryOf(after, by), action: "alarm-rule.changed", details: { changes } } as const;
}

export function deletedEntry(row: AlarmRulesTable, by: ChangedBy) {
  return { ...entryOf(row, by), action: "alarm-rule.deleted" } as const;
}

export function orderedEntry(orgId: string, count: number, by: ChangedBy) {
  return {
    orgId,
    ...by,
    action: "alarm-rule.ordered",
    subject: { type: "organization", id: orgId, name: "" },
    details: { count },
  } as const;
}

function entryOf(row: AlarmRulesTable, by: ChangedBy) {
  return { orgId: row.org_id, ...by, subject: { type: "alarm-rule", id: row.id, name: row.name } } as const;
}
