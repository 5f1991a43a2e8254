import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Edits of many devices at once, with what each device had before, so that an edit is continued after a restart and can be undone. */
export const deviceEdits: Migration = {
  name: "0052-device-edits",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("device_edits")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("actor", text, (column) => column.notNull())
      .addColumn("actor_key", text, (column) => column.notNull())
      .addColumn("customer_ids", text)
      .addColumn("change", text, (column) => column.notNull())
      .addColumn("undo_of", text)
      .addColumn("state", text, (column) => column.notNull())
      .addColumn("request_id", text)
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("touched_at", integer, (column) => column.notNull())
      .addColumn("finished_at", integer)
      .addColumn("undone_by", text)
      .execute();
    await db.schema
      .createTable("device_edit_items")
      .addColumn("edit_id", text, (column) => column.notNull().references("device_edits.id"))
      .addColumn("position", integer, (column) => column.notNull())
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("device_id", text, (column) => column.notNull())
      .addColumn("state", text, (column) => column.notNull())
      .addColumn("reason", text)
      .addColumn("former", text)
      .addColumn("written", text)
      .addPrimaryKeyConstraint("device_edit_items_key", ["edit_id", "position"])
      .execute();
    await db.schema
      .createIndex("device_edits_by_organization")
      .on("device_edits")
      .columns(["org_id", "id"])
      .execute();
    await db.schema
      .createIndex("device_edits_by_state")
      .on("device_edits")
      .columns(["state", "touched_at"])
      .execute();
    await db.schema
      .createIndex("device_edit_items_by_state")
      .on("device_edit_items")
      .columns(["edit_id", "state", "position"])
      .execute();
  },
};
