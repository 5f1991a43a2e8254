import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Silences, and mails that are about something else than an event of an alarm. */
export const silences: Migration = {
  name: "0064-silences",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    const { schema } = db;
    await schema.alterTable("notification_messages").addColumn("note", text).execute();
    await schema
      .createTable("silences")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("scope", text, (column) => column.notNull())
      .addColumn("customer_id", text)
      .addColumn("types", text, (column) => column.notNull())
      .addColumn("severities", text, (column) => column.notNull())
      .addColumn("rule_id", text)
      .addColumn("alarm_id", text)
      .addColumn("alarm_key", text)
      .addColumn("limited_to", text)
      .addColumn("comment", text, (column) => column.notNull())
      .addColumn("author", text, (column) => column.notNull())
      .addColumn("starts_at", integer, (column) => column.notNull())
      .addColumn("ends_at", integer, (column) => column.notNull())
      .addColumn("ends_when_idle", integer, (column) => column.notNull())
      .addColumn("idle_since", integer)
      .addColumn("ended_at", integer)
      .addColumn("end_reason", text)
      .addColumn("ended_by", text)
      .addColumn("released_to", text)
      .addColumn("closed_at", integer)
      .addColumn("version", integer, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("updated_at", integer, (column) => column.notNull())
      .addColumn("updated_by", text)
      .execute();
    await schema
      .createIndex("silences_by_organization")
      .on("silences")
      .columns(["org_id", "closed_at", "id"])
      .execute();
  },
};
