import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The tickets that channels opened in other systems, one for each alarm and channel. */
export const tickets: Migration = {
  name: "0070-tickets",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("alarm_tickets")
      .addColumn("alarm_id", text, (column) => column.notNull())
      .addColumn("channel_id", text, (column) =>
        column.notNull().references("channels.id").onDelete("cascade"),
      )
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("ticket_id", text, (column) => column.notNull())
      .addColumn("key", text, (column) => column.notNull())
      .addColumn("is_shared", integer, (column) => column.notNull())
      .addColumn("last_event", integer, (column) => column.notNull())
      .addPrimaryKeyConstraint("alarm_tickets_pk", ["alarm_id", "channel_id"])
      .execute();
    await db.schema
      .createIndex("alarm_tickets_by_channel")
      .on("alarm_tickets")
      .column("channel_id")
      .execute();
  },
};
