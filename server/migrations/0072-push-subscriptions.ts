import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Browsers in which members get push notifications; gone with the membership. */
export const pushSubscriptions: Migration = {
  name: "0072-push-subscriptions",
  async up(db, dialect) {
    const { text, integer, blob } = columnTypes(dialect);
    await db.schema
      .createTable("push_subscriptions")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("user_id", text, (column) => column.notNull())
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("endpoint_hash", text, (column) => column.notNull())
      .addColumn("sealed", blob, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("last_sent_at", integer)
      .addForeignKeyConstraint(
        "push_subscriptions_of_members",
        ["org_id", "user_id"],
        "memberships",
        ["org_id", "user_id"],
        (constraint) => constraint.onDelete("cascade"),
      )
      .addUniqueConstraint("push_subscriptions_by_browser", ["endpoint_hash", "org_id"])
      .execute();
    await db.schema
      .createIndex("push_subscriptions_by_user")
      .on("push_subscriptions")
      .columns(["org_id", "user_id"])
      .execute();
  },
};
