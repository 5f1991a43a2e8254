import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Views of the fleet page that members save, and the one that each member begins with. */
export const savedViews: Migration = {
  name: "0051-saved-views",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("saved_views")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("owner_id", text, (column) => column.notNull())
      // The owner while the view is not shared: it goes with the membership. A shared view stays.
      .addColumn("private_to", text)
      .addColumn("owner_name", text, (column) => column.notNull())
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("name_key", text, (column) => column.notNull())
      .addColumn("definition", text, (column) => column.notNull())
      .addColumn("version", integer, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("updated_at", integer, (column) => column.notNull())
      .addForeignKeyConstraint(
        "saved_views_private_to",
        ["org_id", "private_to"],
        "memberships",
        ["org_id", "user_id"],
        (constraint) => constraint.onDelete("cascade"),
      )
      .execute();
    await db.schema
      .createIndex("saved_views_by_owner")
      .on("saved_views")
      .columns(["org_id", "owner_id", "name_key"])
      .unique()
      .execute();
    await db.schema
      .createIndex("saved_views_private")
      .on("saved_views")
      .columns(["org_id", "private_to"])
      .execute();
    await db.schema
      .createTable("default_views")
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("user_id", text, (column) => column.notNull())
      .addColumn("view_id", text, (column) =>
        column.notNull().references("saved_views.id").onDelete("cascade"),
      )
      .addPrimaryKeyConstraint("default_views_key", ["org_id", "user_id"])
      .addForeignKeyConstraint(
        "default_views_member",
        ["org_id", "user_id"],
        "memberships",
        ["org_id", "user_id"],
        (constraint) => constraint.onDelete("cascade"),
      )
      .execute();
    await db.schema.createIndex("default_views_by_view").on("default_views").column("view_id").execute();
  },
};
