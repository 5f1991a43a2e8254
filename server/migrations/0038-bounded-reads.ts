import { sql } from "kysely";
import type { Migration } from "../src/platform/database/migration.ts";

const MAX_SEARCHED_LENGTH = 8_192;

/** Bounds what a search reads of each device, and gives PostgreSQL the order in which scans go through an organization. */
export const boundedReads: Migration = {
  name: "0038-bounded-reads",
  async up(db, dialect) {
    await sql`
      update devices set search_text = substr(search_text, 1, ${sql.lit(MAX_SEARCHED_LENGTH)})
      where length(search_text) > ${sql.lit(MAX_SEARCHED_LENGTH)}
    `.execute(db);
    // On SQLite every index ends with the device number, as it is the row's id.
    if (dialect !== "postgres") return;
    await db.schema
      .createIndex("devices_by_number")
      .on("devices")
      .columns(["org_id", "device_no"])
      .where(sql<boolean>`archived_at is null`)
      .execute();
  },
};
