import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

export const olderActions: Migration = {
  name: "0033-older-actions",
  async up(db, dialect) {
    const { text } = columnTypes(dialect);
    await db.schema
      .createTable("older_action_ids")
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("older_id", text, (column) => column.notNull())
      .addColumn("action_id", text, (column) =>
        column.notNull().unique().references("actions.id").onDelete("cascade"),
      )
      .addPrimaryKeyConstraint("older_action_ids_pk", ["org_id", "older_id"])
      .execute();
  },
};
