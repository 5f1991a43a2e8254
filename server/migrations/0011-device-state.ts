import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

export const deviceState: Migration = {
  name: "0011-device-state",
  async up(db, dialect) {
    const { text, integer, real } = columnTypes(dialect);
    await db.schema
      .createTable("device_state")
      .addColumn("device_no", integer, (column) => column.primaryKey().references("devices.device_no"))
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("version", integer, (column) => column.notNull())
      .addColumn("live_epoch", text)
      .addColumn("live_sequence", integer)
      .addColumn("live_digest", text)
      .addColumn("backfill_epoch", text)
      .addColumn("backfill_sequence", integer)
      .addColumn("backfill_digest", text)
      .addColumn("journal_head", integer)
      .addColumn("heard_at", integer)
      .addColumn("last_received_at", integer)
      .addColumn("interval_s", integer, (column) => column.notNull())
      .addColumn("clock_offset_ms", integer)
      .addColumn("boot_id", text)
      .addColumn("previous_boot_id", text)
      .addColumn("boot_changed_at", integer)
      .addColumn("cpu", real)
      .addColumn("memory", real)
      .addColumn("disk", real)
      .addColumn("disk_free", integer)
      .addColumn("status", text, (column) => column.notNull())
      .addColumn("score", integer)
      .addColumn("held_level", integer, (column) => column.notNull())
      .addColumn("warn_differs_since", integer)
      .addColumn("critical_differs_since", integer)
      .addColumn("idle_since", integer)
      .execute();
    // Every report rewrites its row: room on the page lets PostgreSQL do so in place, without touching an index.
    if (dialect === "postgres") {
      await sql`
        alter table device_state set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05)
      `.execute(db);
    }
  },
};
