import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Help requests of local users with their threads, and whom they ask. Whether one is open is said by its alarm. */
export const helpRequests: Migration = {
  name: "0063-help-requests",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    const { schema } = db;
    await schema.alterTable("organizations").addColumn("support_contact", text).execute();
    await schema
      .createTable("help_requests")
      .addColumn("alarm_id", text, (column) =>
        column.primaryKey().references("alarms.id").onDelete("cascade"),
      )
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("device_id", text, (column) => column.notNull())
      .addColumn("id", text, (column) => column.notNull())
      .addColumn("asked_by", text, (column) => column.notNull())
      .addColumn("asked_at", integer, (column) => column.notNull())
      .addColumn("received_at", integer, (column) => column.notNull())
      .addColumn("text", text, (column) => column.notNull())
      .addColumn("diagnostics", text)
      .addUniqueConstraint("help_requests_once", ["org_id", "device_id", "id"])
      .execute();
    await schema
      .createIndex("help_requests_by_device")
      .on("help_requests")
      .columns(["org_id", "device_id", "received_at"])
      .execute();
    await schema
      .createTable("help_messages")
      .addColumn("alarm_id", text, (column) =>
        column.notNull().references("help_requests.alarm_id").onDelete("cascade"),
      )
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("id", text, (column) => column.notNull())
      .addColumn("is_from_it", integer, (column) => column.notNull())
      .addColumn("author", text, (column) => column.notNull())
      .addColumn("text", text, (column) => column.notNull())
      .addColumn("at", integer, (column) => column.notNull())
      .addColumn("delivered_at", integer)
      .addColumn("read_at", integer)
      .addPrimaryKeyConstraint("help_messages_once", ["alarm_id", "id"])
      .execute();
  },
};
