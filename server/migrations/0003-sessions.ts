import type { Migration } from "../src/platform/database/migration.ts";
import { columnTypes } from "../src/platform/database/column-types.ts";

export const sessions: Migration = {
  name: "0003-sessions",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("sessions")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("secret_hash", text, (column) => column.notNull().unique())
      .addColumn("user_id", text, (column) => column.notNull().references("users.id").onDelete("cascade"))
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("last_used_at", integer, (column) => column.notNull())
      .execute();
    await db.schema.createIndex("sessions_by_user").on("sessions").column("user_id").execute();
    await db.schema.createIndex("sessions_by_age").on("sessions").column("created_at").execute();
  },
};
