import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Starts at the newest report, which is the last time that the data itself proves. */
export const retentionClock: Migration = {
  name: "0037-retention-clock",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("retention_clock")
      .addColumn("id", integer, (column) => column.primaryKey())
      .addColumn("reached_at", integer)
      .addColumn("observed_ms", integer, (column) => column.notNull())
      .addColumn("checked_at", integer)
      .addColumn("state", text, (column) => column.notNull())
      .execute();
    await sql`
      insert into retention_clock (id, reached_at, observed_ms, checked_at, state)
      select 1, (select max(last_seen_at) from device_state), observed_ms, null, 'ok' from presence_clock`.execute(
      db,
    );
  },
};
