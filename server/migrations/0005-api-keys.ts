import type { Migration } from "../src/platform/database/migration.ts";
import { columnTypes } from "../src/platform/database/column-types.ts";

export const apiKeys: Migration = {
  name: "0005-api-keys",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("api_keys")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("prefix", text, (column) => column.notNull())
      .addColumn("secret_hash", text, (column) => column.notNull().unique())
      .addColumn("scopes", text, (column) => column.notNull())
      // Null for a key of the command line, whose right is `fixed_role`.
      .addColumn("creator_id", text)
      .addColumn("creator_name", text, (column) => column.notNull())
      .addColumn("fixed_role", text)
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("expires_at", integer)
      .addColumn("last_used_at", integer)
      .addColumn("revoked_at", integer)
      .execute();
    await db.schema.createIndex("api_keys_by_org").on("api_keys").columns(["org_id", "id"]).execute();
    await db.schema.createIndex("api_keys_by_creator").on("api_keys").column("creator_id").execute();
  },
};
