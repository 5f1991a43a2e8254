import type { AlarmType } from "@muster/shared/alarms/catalog.ts";
import type { AlarmRuleScope } from "@muster/shared/contracts/alarm-rule.ts";
import type { EditColumns } from "../../platform/edit-version.ts";

/** A rule that opens alarms. */
export type AlarmRulesTable = EditColumns & {
  id: string;
  org_id: string;
  name: string;
  type: AlarmType;
  /** JSON, of the type's schema. */
  settings: string;
  scope_kind: AlarmRuleScope["kind"];
  /** Id of a customer or device, a tag or a class; null for the whole organization. */
  scope_value: string | null;
  position: number;
  is_enabled: 0 | 1;
  ignores_existing: 0 | 1;
  /** JSON; null for always. */
  active_hours: string | null;
  cooldown_s: number;
  /** Rises with each change of what is evaluated, and not with a new name. */
  condition_version: number;
  created_at: number;
};

/** The rules of an organization as a whole. */
type AlarmRuleSetsTable = {
  org_id: string;
  /** Rises with each change of any rule; 0 until the organization has its default rules. */
  version: number;
  /** Wall time from which the default rules count. */
  default_since: number;
};

/** When the rules of a device have to be looked at again although nothing about it changes. */
type AlarmTimersTable = {
  device_no: number;
  org_id: string;
  /** Observed time. */
  due_at: number;
};

/** An organization whose devices all have to be looked at, because its rules changed. */
type AlarmSweepsTable = {
  org_id: string;
  /** Devices up to this one are done. */
  after_device_no: number;
  /** Wall time of the first change that is not done yet. */
  started_at: number;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    alarm_rules: AlarmRulesTable;
    alarm_rule_sets: AlarmRuleSetsTable;
    alarm_timers: AlarmTimersTable;
    alarm_sweeps: AlarmSweepsTable;
  }
}
