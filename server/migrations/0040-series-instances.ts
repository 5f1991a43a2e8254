import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** What a device has several of (file systems, network interfaces), with the number under which history stores its series. */
export const seriesInstances: Migration = {
  name: "0040-series-instances",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("series_instances")
      .addColumn("device_no", integer, (column) => column.notNull().references("devices.device_no"))
      .addColumn("number", integer, (column) => column.notNull())
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("kind", text, (column) => column.notNull())
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("last_seen_at", integer, (column) => column.notNull())
      .addPrimaryKeyConstraint("series_instances_pk", ["device_no", "number"])
      .addUniqueConstraint("series_instances_once", ["device_no", "kind", "name"])
      .execute();
    await db.schema
      .createIndex("series_instances_by_last_seen")
      .on("series_instances")
      .column("last_seen_at")
      .execute();
  },
};
