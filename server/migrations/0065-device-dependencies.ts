import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The device that a device depends on, such as its hypervisor: members name it. */
export const deviceDependencies: Migration = {
  name: "0065-device-dependencies",
  async up(db, dialect) {
    const { text } = columnTypes(dialect);
    await db.schema.alterTable("devices").addColumn("depends_on", text).execute();
    await db.schema
      .createIndex("devices_by_dependency")
      .on("devices")
      .columns(["org_id", "depends_on"])
      .where(sql<boolean>`depends_on is not null`)
      .execute();
  },
};
