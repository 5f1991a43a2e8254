import type { WatchedDevice } from "../../fleet/index.ts";
import type { AlarmTransition } from "../alarm-transition.ts";
import {
  type AlarmStep,
  type AlarmSubject,
  changesOf,
  cleared,
  opened,
  recurs,
  reopened,
  violated,
} from "./alarm-machine.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import { searchTextOf } from "./search-text.ts";

/** A rule as it is now. */
export type RuleNow = { id: string; name: string; version: number; type: string; isEnabled: boolean };

/**
 * What a transition makes of the newest alarm of its key, or null when there is nothing to do. `makeSubject` is for an alarm that opens or comes
 * back; null when its device or rule no longer exists.
 */
export function transitionStep(
  row: AlarmRow | null,
  transition: AlarmTransition,
  makeSubject: () => AlarmSubject | null,
): AlarmStep | null {
  const { at, facts } = transition;
  if (transition.kind === "ended") {
    if (row === null || (row.ended_at !== null && row.is_violating === 0)) return null;
    return cleared(row, { at, reason: transition.reason, facts });
  }
  const violation = { at, severity: transition.severity, facts };
  if (row !== null && row.ended_at === null) return violated(row, violation);
  // Only "violated" says that the condition has cleared in between.
  if (transition.kind !== "violated" && row?.end_reason === "resolved" && row.is_violating === 1) return null;
  const subject = makeSubject();
  if (row !== null && recurs(row, at)) {
    return subject ? reopened(row, subject, violation) : violated(row, violation);
  }
  return subject && opened(subject, violation, row === null ? [] : changesOf(row, at));
}

export function subjectOf(
  transition: AlarmTransition,
  given: { id: string; key: string; rule: RuleNow; device: WatchedDevice },
): AlarmSubject {
  const { id, key, rule, device } = given;
  const { instance } = transition;
  return {
    id,
    key,
    org_id: transition.orgId,
    type: rule.type,
    rule_id: rule.id,
    rule_name: rule.name,
    device_id: device.deviceId,
    device_name: device.name,
    customer_id: device.customerId,
    instance,
    search_text: searchTextOf([rule.name, device.name, instance]),
  };
}
