import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** What a module that watches devices keeps about each of them, and the queue of what it has to look at. */
export const deviceSignals: Migration = {
  name: "0055-device-signals",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema.alterTable("device_state").addColumn("watch_state", text).execute();
    await db.schema
      .createTable("device_signals")
      .addColumn("id", integer, (column) =>
        dialect === "postgres"
          ? column.primaryKey().generatedAlwaysAsIdentity()
          : column.primaryKey().autoIncrement(),
      )
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("device_no", integer, (column) => column.notNull())
      .addColumn("device_id", text, (column) => column.notNull())
      .addColumn("kind", text, (column) => column.notNull())
      .addColumn("at", integer, (column) => column.notNull())
      .addColumn("body", text)
      .execute();
  },
};
