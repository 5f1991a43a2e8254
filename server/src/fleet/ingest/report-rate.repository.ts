import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import "../fleet.tables.ts";

/** Reports per second of an organization, over the servers that stored a rate since `since`. */
export async function readReportRate(db: Kysely<Tables>, orgId: string, since: number): Promise<number> {
  const row = await db
    .selectFrom("report_rates")
    .select(({ fn }) => fn.sum<number | null>("per_second").as("total"))
    .where("org_id", "=", orgId)
    .where("at", ">=", since)
    .executeTakeFirst();
  return row?.total ?? 0;
}

/** Replaces the rates that `serverId` stored. */
export async function writeReportRates(
  tx: Transaction<Tables>,
  serverId: string,
  at: number,
  rates: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = [...rates].map(([orgId, perSecond]) => ({
    org_id: orgId,
    server_id: serverId,
    at,
    per_second: perSecond,
  }));
  await tx
    .insertInto("report_rates")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["org_id", "server_id"])
        .doUpdateSet((row) => ({ at: row.ref("excluded.at"), per_second: row.ref("excluded.per_second") })),
    )
    .execute();
}
