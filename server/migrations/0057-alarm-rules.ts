import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/**
 * Rules that open alarms, and what their evaluation keeps between reports. Organizations that exist get the rules that come with Muster
 * when a server starts; those rules are as old as this migration, so that they are silent about what is wrong by now.
 */
export const alarmRules: Migration = {
  name: "0057-alarm-rules",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("alarm_rule_sets")
      .addColumn("org_id", text, (column) => column.primaryKey().references("organizations.id"))
      .addColumn("version", integer, (column) => column.notNull())
      .addColumn("default_since", integer, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("alarm_rules")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("type", text, (column) => column.notNull())
      .addColumn("settings", text, (column) => column.notNull())
      .addColumn("scope_kind", text, (column) => column.notNull())
      .addColumn("scope_value", text)
      .addColumn("position", integer, (column) => column.notNull())
      .addColumn("is_enabled", integer, (column) => column.notNull())
      .addColumn("ignores_existing", integer, (column) => column.notNull())
      .addColumn("active_hours", text)
      .addColumn("cooldown_s", integer, (column) => column.notNull())
      .addColumn("condition_version", integer, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("edit_version", integer, (column) => column.notNull())
      .addColumn("edited_at", integer)
      .addColumn("edited_by", text)
      .execute();
    await db.schema
      .createIndex("alarm_rules_by_org")
      .on("alarm_rules")
      .columns(["org_id", "position"])
      .execute();
    await db.schema
      .createTable("alarm_timers")
      .addColumn("device_no", integer, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("due_at", integer, (column) => column.notNull())
      .execute();
    await db.schema.createIndex("alarm_timers_by_time").on("alarm_timers").column("due_at").execute();
    await db.schema
      .createTable("alarm_sweeps")
      .addColumn("org_id", text, (column) => column.primaryKey())
      .addColumn("after_device_no", integer, (column) => column.notNull())
      .addColumn("started_at", integer, (column) => column.notNull())
      .execute();
    const now = Date.now();
    const rows = sql`select id, 0, ${sql.lit(now)} from organizations`;
    await sql`insert into alarm_rule_sets (org_id, version, default_since) ${rows}`.execute(db);
  },
};
