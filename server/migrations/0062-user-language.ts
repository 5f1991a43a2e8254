import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The language in which a user reads mails; unknown until the user opens the dashboard. */
export const userLanguage: Migration = {
  name: "0062-user-language",
  async up(db, dialect) {
    const { text } = columnTypes(dialect);
    await db.schema.alterTable("users").addColumn("language", text).execute();
  },
};
