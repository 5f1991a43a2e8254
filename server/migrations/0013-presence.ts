import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

export const presence: Migration = {
  name: "0013-presence",
  async up(db, dialect) {
    const { text, integer, real } = columnTypes(dialect);
    await db.schema
      .createTable("presence_watch")
      .addColumn("id", integer, (column) => column.primaryKey())
      .addColumn("watched_ms", integer, (column) => column.notNull())
      .execute();
    await sql`insert into presence_watch (id, watched_ms) values (1, 0)`.execute(db);
    await db.schema
      .createTable("presence_holds")
      .addColumn("org_id", text, (column) => column.primaryKey().references("organizations.id"))
      .addColumn("since", integer, (column) => column.notNull())
      .addColumn("silent_from", integer, (column) => column.notNull())
      .addColumn("noticed_at", integer, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("report_rates")
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("server_id", text, (column) => column.notNull())
      .addColumn("at", integer, (column) => column.notNull())
      .addColumn("per_second", real, (column) => column.notNull())
      .addPrimaryKeyConstraint("report_rates_pk", ["org_id", "server_id"])
      .execute();
  },
};
