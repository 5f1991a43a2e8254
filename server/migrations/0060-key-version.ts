import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The customers of an API key are edited, so it has a version as everything that members edit. */
export const keyVersion: Migration = {
  name: "0060-key-version",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .alterTable("api_keys")
      .addColumn("edit_version", integer, (column) => column.notNull().defaultTo(1))
      .execute();
    await db.schema.alterTable("api_keys").addColumn("edited_at", integer).execute();
    await db.schema.alterTable("api_keys").addColumn("edited_by", text).execute();
  },
};
