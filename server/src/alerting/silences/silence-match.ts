import { NEVER_MUTED_TYPES } from "@muster/shared/alarms/inhibition.ts";
import type { SilenceScope } from "@muster/shared/contracts/silence.ts";
import type { AlarmRow } from "../alarms/alarms.tables.ts";
import type { SilenceRow } from "./silences.tables.ts";

/** Which alarms a silence matches. Empty lists and null stand for all. */
export type SilenceMatch = {
  scope: SilenceScope;
  types: readonly string[];
  severities: readonly string[];
  ruleId: string | null;
  alarmKey: string | null;
  /** The customers that its author was limited to. */
  limitedTo: readonly string[] | null;
};

export type MatchedAlarm = Pick<
  AlarmRow,
  "type" | "severity" | "rule_id" | "key" | "customer_id" | "device_id"
>;

/** What silences ask of the device of an alarm. */
export type DeviceTraits = { tags: readonly string[]; deviceClass: string };

/** Whether a silence is for an alarm. Types that nothing keeps quiet are matched by none. */
export function matchesAlarm(
  { scope, types, severities, ruleId, alarmKey, limitedTo }: SilenceMatch,
  alarm: MatchedAlarm,
  traits: DeviceTraits | undefined,
): boolean {
  return (
    !NEVER_MUTED_TYPES.has(alarm.type) &&
    (types.length === 0 || types.includes(alarm.type)) &&
    (severities.length === 0 || severities.includes(alarm.severity)) &&
    (ruleId === null || ruleId === alarm.rule_id) &&
    (alarmKey === null || alarmKey === alarm.key) &&
    (limitedTo === null || (alarm.customer_id !== null && limitedTo.includes(alarm.customer_id))) &&
    isInScope(scope, alarm, traits)
  );
}

function isInScope(scope: SilenceScope, alarm: MatchedAlarm, traits: DeviceTraits | undefined): boolean {
  switch (scope.kind) {
    case "organization":
      return true;
    case "customer":
      return alarm.customer_id === scope.customerId;
    case "device":
      return alarm.device_id === scope.deviceId;
    case "tag":
      return traits?.tags.includes(scope.tag) ?? false;
    case "class":
      return traits?.deviceClass === scope.deviceClass;
  }
}

/** Whether any of these silences looks at tags or classes. */
export function askForTraits(matches: readonly SilenceMatch[]): boolean {
  return matches.some(({ scope }) => scope.kind === "tag" || scope.kind === "class");
}

export function matchOf(
  row: Pick<SilenceRow, "scope" | "types" | "severities" | "rule_id" | "alarm_key" | "limited_to">,
): SilenceMatch {
  const limitedTo: string[] | null = row.limited_to === null ? null : JSON.parse(row.limited_to);
  const lists: { types: string[]; severities: string[] } = {
    types: JSON.parse(row.types),
    severities: JSON.parse(row.severities),
  };
  return { scope: readScope(row), ...lists, ruleId: row.rule_id, alarmKey: row.alarm_key, limitedTo };
}

/** Reads a JSON column, which only this module writes. */
export function readScope({ scope }: Pick<SilenceRow, "scope">): SilenceScope {
  const read: SilenceScope = JSON.parse(scope);
  return read;
}
