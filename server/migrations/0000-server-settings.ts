import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

export const serverSettings: Migration = {
  name: "0000-server-settings",
  async up(db, dialect) {
    const { text } = columnTypes(dialect);
    await db.schema
      .createTable("server_settings")
      .addColumn("name", text, (column) => column.primaryKey())
      .addColumn("value", text, (column) => column.notNull())
      .execute();
  },
};
