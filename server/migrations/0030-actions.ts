import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

export const actions: Migration = {
  name: "0030-actions",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("action_batches")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) =>
        column.notNull().references("organizations.id").onDelete("cascade"),
      )
      .addColumn("idempotency_key", text)
      .addColumn("request_digest", text, (column) => column.notNull())
      .addColumn("answer", text, (column) => column.notNull())
      .addColumn("asked_at", integer, (column) => column.notNull())
      .addUniqueConstraint("action_batches_once", ["org_id", "idempotency_key"])
      .execute();
    await db.schema
      .createTable("actions")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) =>
        column.notNull().references("organizations.id").onDelete("cascade"),
      )
      .addColumn("batch_id", text, (column) => column.notNull())
      .addColumn("device_id", text, (column) => column.notNull().references("devices.id").onDelete("cascade"))
      .addColumn("type", text, (column) => column.notNull())
      .addColumn("payload", text, (column) => column.notNull())
      .addColumn("state", text, (column) => column.notNull())
      .addColumn("asked_by", text, (column) => column.notNull())
      .addColumn("asked_at", integer, (column) => column.notNull())
      .addColumn("valid_until", integer, (column) => column.notNull())
      .addColumn("nonce", text)
      .addColumn("lease_until", integer)
      .addColumn("start_boot_id", text)
      .addColumn("gives_up_at", integer)
      .addColumn("cancel_asked", integer, (column) => column.notNull().defaultTo(0))
      .addColumn("result", text)
      .addColumn("error_code", text)
      .addColumn("error_message", text)
      .addColumn("result_digest", text)
      .addColumn("steps", text, (column) => column.notNull())
      .addColumn("changed_at", integer, (column) => column.notNull())
      .execute();
    await db.schema.createIndex("actions_by_organization").on("actions").columns(["org_id", "id"]).execute();
    await db.schema.createIndex("actions_by_device").on("actions").columns(["device_id", "id"]).execute();
    await db.schema.createIndex("actions_by_state").on("actions").columns(["state", "device_id"]).execute();
  },
};
