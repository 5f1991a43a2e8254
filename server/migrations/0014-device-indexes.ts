import { sql } from "kysely";
import type { Migration } from "../src/platform/database/migration.ts";

/** What filters, searches and the figures above the list read in place of whole rows. */
export const deviceIndexes: Migration = {
  name: "0014-device-indexes",
  async up(db) {
    const isListed = sql<boolean>`archived_at is null`;
    const index = (name: string, ...columns: string[]) =>
      db.schema.createIndex(name).on("devices").columns(columns);
    await index("devices_by_standing", "org_id", "shown", "attention_rank", "is_paused", "paused_until")
      .where(isListed)
      .execute();
    await index("devices_customers", "org_id", "customer").where(isListed).execute();
    await index("devices_archived", "org_id").where(sql<boolean>`archived_at is not null`).execute();
    // In the order in which devices lie in the table: what looks at all of them reads each page once. It comes last because
    // SQLite takes the newest of indexes that it thinks equal.
    await index("devices_by_org", "org_id").where(isListed).execute();
  },
};
