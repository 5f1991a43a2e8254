import type { Alarm, AlarmEvent } from "@muster/shared/contracts/alarm.ts";
import { reaches, type Tenant } from "../../platform/tenant.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { AlarmEventDetails, AlarmEventRow, AlarmRow } from "./alarms.tables.ts";
import { describeAlarm, readFacts } from "./describe-alarm.ts";
import type { Muting } from "./mute-causes.ts";

/** Reads a JSON column of an event, which only this module writes. */
function readDetails({ details }: AlarmEventRow): AlarmEventDetails {
  const read: AlarmEventDetails = JSON.parse(details);
  return read;
}

/** An alarm as the API returns it. */
export function alarmView(
  row: AlarmRow,
  {
    now,
    muting,
    tenant,
    customer,
    tickets = [],
  }: {
    now: number;
    muting: Muting | null;
    tenant: Tenant;
    customer: string | null;
    tickets?: Alarm["tickets"];
  },
): Alarm {
  const facts = readFacts(row);
  const isOpen = row.ended_at === null;
  const isSnoozed = row.snoozed_until !== null && row.snoozed_until > now;
  const { title, sentence } = describeAlarm(row, "en");
  return {
    id: row.id,
    type: row.type,
    severity: row.severity,
    state: isOpen ? "open" : "ended",
    title,
    text: sentence,
    rule: referenceOf(row.rule_id, row.rule_name),
    device: referenceOf(row.device_id, row.device_name),
    customerId: row.customer_id,
    customer,
    instance: row.instance,
    facts,
    openedAt: toInstant(row.opened_at),
    lastAt: toInstant(row.last_at),
    endedAt: toNullableInstant(row.ended_at),
    endReason: row.end_reason,
    endedBy: row.ended_by,
    occurrences: row.occurrences,
    violations: row.violations,
    isViolating: row.is_violating === 1,
    isUnstable: row.unstable_since !== null,
    mutedBy: isOpen && isSnoozed ? "snooze" : isOpen ? (muting?.cause ?? null) : null,
    mutingDevice: isOpen && !isSnoozed ? mutingDeviceOf(muting, tenant) : null,
    tickets,
    acknowledgement: acknowledgementOf(row),
    snoozedUntil: isSnoozed ? toNullableInstant(row.snoozed_until) : null,
    assignee: referenceOf(row.assignee_id, row.assignee_name),
  };
}

export function eventView(row: AlarmEventRow): AlarmEvent {
  const { note = null, until = null, reason = null, assignee = null, value = null } = readDetails(row);
  return {
    number: row.number,
    at: toInstant(row.at),
    kind: row.kind,
    severity: row.severity,
    by: row.by_type === null ? null : { type: row.by_type, name: row.by_name ?? row.by_type },
    note,
    until: toNullableInstant(until),
    reason,
    assignee,
    value,
  };
}

/** Null where the device is out of the caller's reach. */
function mutingDeviceOf(muting: Muting | null, tenant: Tenant): Alarm["mutingDevice"] {
  const device = muting?.device ?? null;
  return device !== null && reaches(tenant, device.customerId) ? { id: device.id, name: device.name } : null;
}

function acknowledgementOf(row: AlarmRow): Alarm["acknowledgement"] {
  const { acknowledged_at, acknowledged_by, acknowledged_until } = row;
  if (acknowledged_at === null) return null;
  return {
    at: toInstant(acknowledged_at),
    by: acknowledged_by ?? "",
    until: toNullableInstant(acknowledged_until),
  };
}

function referenceOf(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? id };
}
