import { ALARM_TYPES, type AlarmType } from "@muster/shared/alarms/catalog.ts";
import type {
  AlarmRule,
  AlarmRuleChange,
  AlarmRuleScope,
  NewAlarmRule,
} from "@muster/shared/contracts/alarm-rule.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import { z } from "zod";
import { type EditColumns, toEditInfo, UNEDITED } from "../../platform/edit-version.ts";
import { parseInput } from "../../platform/http/parse-input.ts";
import { toInstant } from "../../platform/instant.ts";
import type { AlarmRulesTable } from "./rules.tables.ts";

/** A rule as the API shows it. */
export function toAlarmRule(row: AlarmRulesTable): AlarmRule {
  return {
    id: row.id,
    type: row.type,
    name: terminalLine(row.name),
    settings: readJson(row.settings),
    scope: scopeOf(row),
    isEnabled: row.is_enabled === 1,
    activeHours: row.active_hours === null ? null : readJson(row.active_hours),
    cooldownS: row.cooldown_s,
    ignoresExisting: row.ignores_existing === 1,
    position: row.position,
    createdAt: toInstant(row.created_at),
    ...toEditInfo(row),
  };
}

/** A new row. Throws `bad-request` for settings that do not fit the type. */
export function newRuleRow(
  input: NewAlarmRule,
  given: { id: string; orgId: string; position: number; createdAt: number; edit?: EditColumns },
): AlarmRulesTable {
  return {
    id: given.id,
    org_id: given.orgId,
    name: input.name,
    type: input.type,
    settings: JSON.stringify(parseSettings(input.type, input.settings)),
    ...scopeColumns(input.scope),
    position: given.position,
    is_enabled: input.isEnabled ? 1 : 0,
    ignores_existing: input.ignoresExisting ? 1 : 0,
    active_hours: input.activeHours === null ? null : JSON.stringify(input.activeHours),
    cooldown_s: input.cooldownS,
    condition_version: 1,
    created_at: given.createdAt,
    ...(given.edit ?? UNEDITED),
  };
}

/** The columns of a change that differ. `condition_version` rises with what is evaluated. Throws `bad-request`, as `newRuleRow`. */
export function changedColumns(row: AlarmRulesTable, change: AlarmRuleChange): Partial<AlarmRulesTable> {
  const condition = different(row, {
    ...(change.settings !== undefined && {
      settings: JSON.stringify(parseSettings(row.type, change.settings)),
    }),
    ...(change.scope !== undefined && scopeColumns(change.scope)),
    ...(change.cooldownS !== undefined && { cooldown_s: change.cooldownS }),
    ...(change.activeHours !== undefined && {
      active_hours: change.activeHours === null ? null : JSON.stringify(change.activeHours),
    }),
  });
  const others = different(row, {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.isEnabled !== undefined && { is_enabled: change.isEnabled ? 1 : 0 }),
  });
  const isOtherCondition = Object.keys(condition).length > 0;
  return {
    ...condition,
    ...others,
    ...(isOtherCondition && { condition_version: row.condition_version + 1 }),
  };
}

function different(row: AlarmRulesTable, columns: Partial<AlarmRulesTable>): Partial<AlarmRulesTable> {
  const stored: Readonly<Record<string, unknown>> = row;
  return Object.fromEntries(Object.entries(columns).filter(([name, value]) => stored[name] !== value));
}

function parseSettings(type: AlarmType, settings: Record<string, unknown>): Record<string, unknown> {
  return parseInput(z.object({ settings: ALARM_TYPES[type].settings }), { settings }, "body").settings;
}

export function scopeOf({
  scope_kind,
  scope_value,
}: Pick<AlarmRulesTable, "scope_kind" | "scope_value">): AlarmRuleScope {
  const value = scope_value ?? "";
  switch (scope_kind) {
    case "organization":
      return { kind: scope_kind };
    case "customer":
      return { kind: scope_kind, customerId: value };
    case "tag":
      return { kind: scope_kind, tag: value };
    case "class":
      // oxlint-disable-next-line no-unsafe-type-assertion -- `scopeColumns` wrote it from a scope of this kind
      return { kind: scope_kind, deviceClass: value as "server" };
    case "view":
      return { kind: scope_kind, viewId: value };
    case "device":
      return { kind: scope_kind, deviceId: value };
  }
}

function scopeColumns(scope: AlarmRuleScope): Pick<AlarmRulesTable, "scope_kind" | "scope_value"> {
  return { scope_kind: scope.kind, scope_value: scopeValueOf(scope) };
}

function scopeValueOf(scope: AlarmRuleScope): string | null {
  switch (scope.kind) {
    case "organization":
      return null;
    case "customer":
      return scope.customerId;
    case "tag":
      return scope.tag;
    case "class":
      return scope.deviceClass;
    case "view":
      return scope.viewId;
    case "device":
      return scope.deviceId;
  }
}

// What this module wrote from parsed input.
function readJson(text: string): ReturnType<typeof JSON.parse> {
  return JSON.parse(text);
}
