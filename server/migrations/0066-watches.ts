import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** What users are told of once. */
export const watches: Migration = {
  name: "0066-watches",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("watches")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("user_id", text, (column) => column.notNull())
      .addColumn("kind", text, (column) => column.notNull())
      .addColumn("target_id", text, (column) => column.notNull())
      .addColumn("until", text, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addUniqueConstraint("watches_by_target", ["org_id", "user_id", "kind", "target_id"])
      .execute();
  },
};
