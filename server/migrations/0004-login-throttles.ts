import type { Migration } from "../src/platform/database/migration.ts";
import { columnTypes } from "../src/platform/database/column-types.ts";

export const loginThrottles: Migration = {
  name: "0004-login-throttles",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("login_throttles")
      .addColumn("bucket", text, (column) => column.primaryKey())
      .addColumn("failures", integer, (column) => column.notNull())
      .addColumn("blocked_until", integer, (column) => column.notNull())
      .addColumn("succeeded_at", integer)
      .addColumn("updated_at", integer, (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("login_throttles_by_age")
      .on("login_throttles")
      .column("updated_at")
      .execute();
  },
};
