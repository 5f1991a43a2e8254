import type { Migration } from "../src/platform/database/migration.ts";
import { columnTypes } from "../src/platform/database/column-types.ts";

export const organizations: Migration = {
  name: "0001-organizations",
  async up(db, dialect) {
    const { text, integer, blob } = columnTypes(dialect);
    await db.schema
      .createTable("organizations")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("name", text)
      .addColumn("offline_after_s", integer, (column) => column.notNull())
      .addColumn("report_interval_s", integer, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("updated_at", integer, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("signing_keys")
      .addColumn("id", text, (column) => column.notNull())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("public_key", text, (column) => column.notNull())
      .addColumn("sealed_private_key", blob, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("retired_at", integer)
      .addPrimaryKeyConstraint("signing_keys_pk", ["org_id", "id"])
      .execute();
  },
};
