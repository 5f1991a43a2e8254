import type { Store } from "../../../server/src/platform/database/store.ts";
import { dayOf } from "../../../server/src/fleet/history/period.ts";
import { rawRows, rollupRows, samplesOf } from "./seed-history.ts";

const ROWS_AT_ONCE = 2_000;
const SPAN_MS = 72 * 3_600_000;
const FIVE_MINUTES_MS = 300_000;

/** Writes entries that no search finds, and lets the organization's keys search them. */
export async function seedAuditLog(store: Store, orgId: string, count: number): Promise<void> {
  const row = await store.read
    .selectFrom("audit_entries")
    .selectAll()
    .where("org_id", "=", orgId)
    .limit(1)
    .executeTakeFirstOrThrow();
  for (let start = 0; start < count; start += ROWS_AT_ONCE) {
    await store.transaction(async (tx) => {
      await tx.updateTable("api_keys").set({ fixed_role: "owner" }).where("org_id", "=", orgId).execute();
      const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, count - start) }, (_, index) => ({
        ...row,
        id: `ffffffff-ffff-7fff-8fff-${String(start + index).padStart(12, "0")}`,
      }));
      await tx.insertInto("audit_entries").values(rows).execute();
    });
  }
}

/** Writes packed samples of the last 72 hours of a device that promised one an hour. */
export async function seedDenseHistory(
  store: Store,
  deviceNo: number,
  count: number,
  now: number,
): Promise<void> {
  const samples = samplesOf(deviceNo, now - SPAN_MS, now, SPAN_MS / count);
  await store.transaction(async (tx) => {
    await tx
      .updateTable("device_state")
      .set({ interval_s: 3600 })
      .where("device_no", "=", deviceNo)
      .execute();
    for (const row of rawRows(deviceNo, samples, dayOf))
      await tx.insertInto("history_days").values(row).execute();
    for (const row of rollupRows(deviceNo, samples, FIVE_MINUTES_MS, dayOf)) {
      await tx.insertInto("history_five_minutes").values(row).execute();
    }
  });
}
