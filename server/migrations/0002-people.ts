import type { Migration } from "../src/platform/database/migration.ts";
import { columnTypes } from "../src/platform/database/column-types.ts";

export const people: Migration = {
  name: "0002-people",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("users")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("email", text, (column) => column.notNull().unique())
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("password_hash", text, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("last_login_at", integer)
      .execute();
    await db.schema
      .createTable("memberships")
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("user_id", text, (column) => column.notNull().references("users.id"))
      .addColumn("role", text, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addPrimaryKeyConstraint("memberships_pk", ["org_id", "user_id"])
      .execute();
    await db.schema.createIndex("memberships_by_user").on("memberships").column("user_id").execute();
  },
};
