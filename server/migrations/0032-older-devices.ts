import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

export const olderDevices: Migration = {
  name: "0032-older-devices",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .alterTable("devices")
      .addColumn("origin", text, (column) => column.notNull().defaultTo("muster"))
      .execute();
    // A machine of an older system has no identity but its name.
    await db.schema
      .createIndex("older_devices_once")
      .on("devices")
      .columns(["org_id", "origin", "machine_id"])
      .unique()
      .where(sql.ref("origin"), "<>", sql.lit("muster"))
      .execute();
    await db.schema
      .createTable("older_reports")
      .addColumn("device_no", integer, (column) => column.primaryKey().references("devices.device_no"))
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("body", text, (column) => column.notNull())
      .execute();
  },
};
