import { CompiledQuery, type Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { AvailabilityChange } from "./availability-state.ts";
import { intervalStatements } from "./interval-statements.repository.ts";
import { planInterval } from "./plan-interval.ts";

/** The device whose availability changes, with the wall time of its last report. Its state row must be locked. */
export type ChangedDevice = { deviceNo: number; lastReportAt: number | null };

/** Writes a change of availability in the transaction that changes the device. */
export async function writeInterval(
  tx: Transaction<Tables>,
  dialect: Dialect,
  { deviceNo, lastReportAt }: ChangedDevice,
  change: AvailabilityChange,
): Promise<void> {
  const newest = await tx
    .selectFrom("presence_intervals")
    .select(["started_at", "ended_at", "state", "reason"])
    .where("device_no", "=", deviceNo)
    .orderBy("started_at", "desc")
    .limit(2)
    .execute();
  for (const edit of intervalStatements(dialect, deviceNo, planInterval(newest, change, lastReportAt))) {
    await tx.executeQuery(CompiledQuery.raw(edit.sql, edit.parameters));
  }
}
