import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

export const deviceDetails: Migration = {
  name: "0012-device-details",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("device_tags")
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("tag", text, (column) => column.notNull())
      .addColumn("device_no", integer, (column) => column.notNull().references("devices.device_no"))
      .addPrimaryKeyConstraint("device_tags_pk", ["org_id", "tag", "device_no"])
      .execute();
    await db.schema.createIndex("device_tags_by_device").on("device_tags").column("device_no").execute();
    await db.schema
      .createTable("device_inventory")
      .addColumn("device_no", integer, (column) => column.primaryKey().references("devices.device_no"))
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("hash", text, (column) => column.notNull())
      .addColumn("received_at", integer, (column) => column.notNull())
      .addColumn("body", text, (column) => column.notNull())
      .execute();
  },
};
