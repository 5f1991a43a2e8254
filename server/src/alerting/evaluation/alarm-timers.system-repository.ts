import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** Devices of all organizations whose time has come, the longest due ones first. */
export async function readDueDevices(
  db: Kysely<Tables>,
  observedNow: number,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom("alarm_timers")
    .select("device_no")
    .where("due_at", "<=", observedNow)
    .orderBy("due_at")
    .limit(limit)
    .execute();
  return rows.map((row) => row.device_no);
}

/** When to look at a device again, in observed time; null for not before it changes. */
export async function writeTimer(
  tx: Transaction<Tables>,
  { orgId, deviceNo }: { orgId: string; deviceNo: number },
  dueAt: number | null,
): Promise<void> {
  if (dueAt === null) {
    await deleteTimers(tx, [deviceNo]);
    return;
  }
  await tx
    .insertInto("alarm_timers")
    .values({ device_no: deviceNo, org_id: orgId, due_at: dueAt })
    .onConflict((conflict) => conflict.column("device_no").doUpdateSet({ due_at: dueAt }))
    .execute();
}

export async function deleteTimers(tx: Transaction<Tables>, deviceNos: readonly number[]): Promise<void> {
  if (deviceNos.length === 0) return;
  await tx.deleteFrom("alarm_timers").where("device_no", "in", deviceNos).execute();
}
