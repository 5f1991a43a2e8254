import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Channels, notification policies and the outbox: messages with their deliveries and attempts, follow-ups and acknowledge links. */
export const notifications: Migration = {
  name: "0059-notifications",
  async up(db, dialect) {
    const { text, integer, blob } = columnTypes(dialect);
    const { schema } = db;
    await schema
      .createTable("channels")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("type", text, (column) => column.notNull())
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("name_key", text, (column) => column.notNull())
      .addColumn("language", text, (column) => column.notNull())
      .addColumn("is_enabled", integer, (column) => column.notNull())
      .addColumn("settings", text, (column) => column.notNull())
      .addColumn("sealed_secrets", blob, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("edit_version", integer, (column) => column.notNull())
      .addColumn("edited_at", integer)
      .addColumn("edited_by", text)
      .addColumn("last_sent_at", integer)
      .addColumn("failing_since", integer)
      .addUniqueConstraint("channels_by_name", ["org_id", "name_key"])
      .execute();
    await schema
      .createTable("notification_policies")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("position", integer, (column) => column.notNull())
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("is_enabled", integer, (column) => column.notNull())
      .addColumn("definition", text, (column) => column.notNull())
      .addColumn("edit_version", integer, (column) => column.notNull())
      .addColumn("edited_at", integer)
      .addColumn("edited_by", text)
      .execute();
    await schema
      .createIndex("notification_policies_by_org")
      .on("notification_policies")
      .columns(["org_id", "position"])
      .execute();
    await schema
      .createTable("notification_messages")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("channel_id", text, (column) => column.notNull())
      .addColumn("recipient", text, (column) => column.notNull())
      .addColumn("state", text, (column) => column.notNull())
      .addColumn("due_at", integer, (column) => column.notNull())
      .addColumn("planned_at", integer, (column) => column.notNull())
      .addColumn("is_collecting", integer, (column) => column.notNull())
      .addColumn("is_urgent", integer, (column) => column.notNull())
      .addColumn("attempts", integer, (column) => column.notNull())
      .addColumn("lease_token", text)
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("give_up_at", integer, (column) => column.notNull())
      .addColumn("ended_at", integer)
      .execute();
    await schema
      .createIndex("notification_messages_due")
      .on("notification_messages")
      .columns(["state", "due_at", "org_id", "channel_id"])
      .execute();
    await schema
      .createIndex("notification_messages_by_recipient")
      .on("notification_messages")
      .columns(["org_id", "channel_id", "recipient", "planned_at"])
      .execute();
    await schema
      .createTable("deliveries")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("message_id", text, (column) => column.notNull())
      .addColumn("alarm_id", text, (column) => column.notNull())
      .addColumn("event_number", integer, (column) => column.notNull())
      .addColumn("repetition", integer, (column) => column.notNull())
      .addColumn("kind", text, (column) => column.notNull())
      .addColumn("severity", text, (column) => column.notNull())
      .addColumn("customer_id", text)
      .addColumn("channel_id", text, (column) => column.notNull())
      .addColumn("recipient", text, (column) => column.notNull())
      .addColumn("state", text, (column) => column.notNull())
      .addColumn("at", integer, (column) => column.notNull())
      .addUniqueConstraint("deliveries_once", [
        "alarm_id",
        "channel_id",
        "recipient",
        "event_number",
        "repetition",
      ])
      .execute();
    await schema.createIndex("deliveries_by_message").on("deliveries").column("message_id").execute();
    await schema.createIndex("deliveries_by_org").on("deliveries").columns(["org_id", "id"]).execute();
    await schema
      .createTable("delivery_attempts")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("message_id", text, (column) => column.notNull())
      .addColumn("at", integer, (column) => column.notNull())
      .addColumn("duration_ms", integer, (column) => column.notNull())
      .addColumn("outcome", text, (column) => column.notNull())
      .addColumn("status", integer)
      .addColumn("answer", text, (column) => column.notNull())
      .execute();
    await schema
      .createIndex("delivery_attempts_by_message")
      .on("delivery_attempts")
      .column("message_id")
      .execute();
    await schema
      .createTable("notification_follow_ups")
      .addColumn("alarm_id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("event_number", integer, (column) => column.notNull())
      .addColumn("repetition", integer, (column) => column.notNull())
      .addColumn("opened_at", integer, (column) => column.notNull())
      .addColumn("policy_id", text)
      .addColumn("remind_at", integer)
      .addColumn("escalate_at", integer)
      .execute();
    await schema
      .createTable("acknowledge_links")
      .addColumn("token_hash", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("alarm_id", text, (column) => column.notNull())
      .addColumn("user_id", text, (column) => column.notNull())
      .addColumn("expires_at", integer, (column) => column.notNull())
      .execute();
    await schema
      .createTable("address_confirmations")
      .addColumn("token_hash", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("address", text, (column) => column.notNull())
      .addColumn("expires_at", integer, (column) => column.notNull())
      .addColumn("confirmed_at", integer)
      .addUniqueConstraint("address_confirmations_once", ["org_id", "address"])
      .execute();
  },
};
