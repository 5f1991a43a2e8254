import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

export const compatKeys: Migration = {
  name: "0031-compat-keys",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .alterTable("api_keys")
      .addColumn("compat", text, (column) => column.notNull().defaultTo("[]"))
      .execute();
    await db.schema.alterTable("api_keys").addColumn("compat_machine_id", text).execute();
    await db.schema
      .alterTable("organizations")
      .addColumn("has_status_page", integer, (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable("compat_sessions")
      .addColumn("secret_hash", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("key_id", text, (column) => column.notNull().references("api_keys.id").onDelete("cascade"))
      .addColumn("system", text, (column) => column.notNull())
      .addColumn("expires_at", integer, (column) => column.notNull())
      .execute();
  },
};
