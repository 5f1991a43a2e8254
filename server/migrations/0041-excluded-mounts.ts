import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The file systems of a device that are not monitored, with who excluded them and when. */
export const excludedMounts: Migration = {
  name: "0041-excluded-mounts",
  async up(db, dialect) {
    const { text } = columnTypes(dialect);
    await db.schema
      .alterTable("devices")
      .addColumn("excluded_mounts", text, (column) => column.notNull().defaultTo("[]"))
      .execute();
  },
};
