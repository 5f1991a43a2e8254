import type { Kysely } from "kysely";
import { readDeviceNames } from "../../fleet/index.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { filterAlarmIds } from "../alarms/alarm.repository.ts";
import { readScope } from "./silence-match.ts";
import type { SilenceRow } from "./silences.tables.ts";

/** A silence that a tenant knows of, and whether it reaches nothing that is out of the tenant's reach. */
export type ReachedSilence = { row: SilenceRow; canChange: boolean };

/**
 * Of these silences, those that a tenant reaches. A member with a customer limit knows those that may keep alarms within the limit quiet,
 * and changes those that keep no others quiet.
 */
export async function readReached(
  db: Kysely<Tables>,
  tenant: Tenant,
  rows: readonly SilenceRow[],
): Promise<ReachedSilence[]> {
  const { customerIds } = tenant;
  if (customerIds === null) return rows.map((row) => ({ row, canChange: true }));
  const alarmIds = rows.flatMap(({ alarm_id: id }) => (id === null ? [] : [id]));
  const alarms = new Set(await filterAlarmIds(db, tenant, alarmIds));
  const devices = await readDeviceNames(db, tenant, rows.flatMap(deviceIdsOf));
  const reached: ReachedSilence[] = [];
  for (const row of rows) {
    const limitedTo: string[] | null = row.limited_to === null ? null : JSON.parse(row.limited_to);
    if (limitedTo !== null && !limitedTo.some((id) => customerIds.includes(id))) continue;
    if (row.alarm_id !== null && !alarms.has(row.alarm_id)) continue;
    const scope = readScope(row);
    if (scope.kind === "device" && !devices.has(scope.deviceId)) continue;
    const isNarrow = scope.kind === "device" || scope.kind === "customer" || row.alarm_id !== null;
    const isOfLimit = limitedTo !== null && limitedTo.every((id) => customerIds.includes(id));
    reached.push({ row, canChange: isNarrow || isOfLimit });
  }
  return reached;
}

function deviceIdsOf(row: SilenceRow): string[] {
  const scope = readScope(row);
  return scope.kind === "device" ? [scope.deviceId] : [];
}
