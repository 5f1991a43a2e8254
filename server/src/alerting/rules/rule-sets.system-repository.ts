import type { Kysely, Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";

/** The versions of the sets of all organizations, for the cache of rules. Sets without their default rules are left out. */
export async function readRuleSetVersions(db: Kysely<Tables>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("alarm_rule_sets")
    .select(["org_id", "version"])
    .where("version", ">", 0)
    .execute();
  return new Map(rows.map(({ org_id, version }) => [org_id, version]));
}

/** Differs whenever any set was changed: one row in place of those of all organizations. */
export async function sumRuleSetVersions(db: Kysely<Tables>): Promise<number> {
  const { sum } = await db
    .selectFrom("alarm_rule_sets")
    .select((row) => row.fn.sum<number | string | null>("version").as("sum"))
    .executeTakeFirstOrThrow();
  return Number(sum ?? 0);
}

export type Sweep = { orgId: string; afterDeviceNo: number; startedAt: number };

/** Has all devices of an organization looked at again, from the first one on. */
export async function startSweep(tx: Transaction<Tables>, orgId: string, now: number): Promise<void> {
  await tx
    .insertInto("alarm_sweeps")
    .values({ org_id: orgId, after_device_no: 0, started_at: now })
    .onConflict((conflict) => conflict.column("org_id").doUpdateSet({ after_device_no: 0 }))
    .execute();
}

export async function readSweeps(db: Kysely<Tables>, limit: number): Promise<Sweep[]> {
  const rows = await db.selectFrom("alarm_sweeps").selectAll().orderBy("started_at").limit(limit).execute();
  return rows.map(toSweep);
}

export async function findSweep(db: Kysely<Tables>, orgId: string): Promise<Sweep | null> {
  const row = await db.selectFrom("alarm_sweeps").selectAll().where("org_id", "=", orgId).executeTakeFirst();
  return row ? toSweep(row) : null;
}

/**
 * Locks a sweep until the transaction ends, so that a change of rules meanwhile starts it again. False when it already began again, or
 * when another server went on with it.
 */
export async function lockSweep(
  tx: Transaction<Tables>,
  dialect: Dialect,
  { orgId, afterDeviceNo }: Sweep,
): Promise<boolean> {
  const row = await tx
    .selectFrom("alarm_sweeps")
    .select("org_id")
    .where("org_id", "=", orgId)
    .where("after_device_no", "=", afterDeviceNo)
    .$if(dialect === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
  return row !== undefined;
}

/** Goes on to the next devices with a locked sweep; null for its end. */
export async function moveSweep(
  tx: Transaction<Tables>,
  { orgId }: Sweep,
  afterDeviceNo: number | null,
): Promise<void> {
  if (afterDeviceNo === null) {
    await tx.deleteFrom("alarm_sweeps").where("org_id", "=", orgId).execute();
    return;
  }
  await tx
    .updateTable("alarm_sweeps")
    .set({ after_device_no: afterDeviceNo })
    .where("org_id", "=", orgId)
    .execute();
}

function toSweep(row: Tables["alarm_sweeps"]): Sweep {
  return { orgId: row.org_id, afterDeviceNo: row.after_device_no, startedAt: row.started_at };
}
