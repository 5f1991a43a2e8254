import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** What members edit has a version, and the time and the name of its last edit. Customers have had a version already. */
export const deviceVersion: Migration = {
  name: "0053-device-version",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    for (const table of ["devices", "organizations", "memberships", "invitations"]) {
      await db.schema
        .alterTable(table)
        .addColumn("edit_version", integer, (column) => column.notNull().defaultTo(1))
        .execute();
      await db.schema.alterTable(table).addColumn("edited_at", integer).execute();
      await db.schema.alterTable(table).addColumn("edited_by", text).execute();
    }
    await db.schema.alterTable("customers").addColumn("updated_by", text).execute();
  },
};
