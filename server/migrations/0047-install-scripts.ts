import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The scripts of install lines, by their hash. They hold nothing of a tenant. */
export const installScripts: Migration = {
  name: "0047-install-scripts",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("install_scripts")
      .addColumn("sha256", text, (column) => column.primaryKey())
      .addColumn("system", text, (column) => column.notNull())
      .addColumn("body", text, (column) => column.notNull())
      .addColumn("offered_at", integer, (column) => column.notNull())
      .execute();
  },
};
