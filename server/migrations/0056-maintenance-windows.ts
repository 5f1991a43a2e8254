import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Maintenance windows, and until when the open ones keep a device in maintenance. */
export const maintenanceWindows: Migration = {
  name: "0056-maintenance-windows",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema.alterTable("devices").addColumn("window_until", integer).execute();
    await db.schema
      .createTable("maintenance_windows")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("note", text, (column) => column.notNull())
      .addColumn("scope", text, (column) => column.notNull())
      .addColumn("customer_id", text)
      .addColumn("schedule", text, (column) => column.notNull())
      .addColumn("is_enabled", integer, (column) => column.notNull())
      .addColumn("skipped_until", integer, (column) => column.notNull())
      .addColumn("check_at", integer)
      .addColumn("removed_at", integer)
      .addColumn("version", integer, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("updated_at", integer, (column) => column.notNull())
      .addColumn("updated_by", text)
      .execute();
    await db.schema
      .createIndex("maintenance_windows_by_organization")
      .on("maintenance_windows")
      .columns(["org_id", "id"])
      .execute();
    await db.schema
      .createIndex("maintenance_windows_by_check")
      .on("maintenance_windows")
      .column("check_at")
      .execute();
  },
};
