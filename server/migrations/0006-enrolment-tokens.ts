import type { Migration } from "../src/platform/database/migration.ts";
import { columnTypes } from "../src/platform/database/column-types.ts";

export const enrolmentTokens: Migration = {
  name: "0006-enrolment-tokens",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("enrolment_tokens")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("secret_hash", text, (column) => column.notNull().unique())
      .addColumn("creator_name", text, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("expires_at", integer, (column) => column.notNull())
      .addColumn("max_uses", integer)
      .addColumn("uses", integer, (column) => column.notNull())
      .addColumn("needs_approval", integer, (column) => column.notNull())
      .addColumn("customer", text)
      .addColumn("tags", text, (column) => column.notNull())
      .addColumn("revoked_at", integer)
      .execute();
    await db.schema
      .createIndex("enrolment_tokens_by_org")
      .on("enrolment_tokens")
      .columns(["org_id", "id"])
      .execute();
  },
};
