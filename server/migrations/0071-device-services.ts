import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The services of each device. A table of their own: lists of devices do not read them. */
export const deviceServices: Migration = {
  name: "0071-device-services",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("device_services")
      .addColumn("device_no", integer, (column) => column.primaryKey().references("devices.device_no"))
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("changed_at", integer, (column) => column.notNull())
      .addColumn("body", text, (column) => column.notNull())
      .execute();
  },
};
