import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

export const longestPause: Migration = {
  name: "0034-longest-pause",
  async up(db, dialect) {
    const { integer } = columnTypes(dialect);
    await db.schema.alterTable("organizations").addColumn("longest_pause_s", integer).execute();
  },
};
