import { type Kysely, sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";
import type { Dialect } from "../src/platform/database/store.ts";

/** Alarms and their timelines. One alarm at most is open for each key. */
export const alarms: Migration = {
  name: "0058-alarms",
  async up(db, dialect) {
    await createAlarms(db, dialect);
    await createEvents(db, dialect);
    const index = (name: string, ...columns: string[]) =>
      db.schema.createIndex(name).on("alarms").columns(columns);
    const isOpen = sql<boolean>`ended_at is null`;
    const isEnded = sql<boolean>`ended_at is not null`;
    await index("alarms_open_once", "org_id", "key").unique().where(isOpen).execute();
    await index("alarms_by_key", "org_id", "key", "id").execute();
    const bySeverity = ["org_id", "severity_rank", "opened_at", "id"];
    // The last ones are for counting, which reads no rows then.
    await index("alarms_open_by_severity", ...bySeverity, "customer_id", "acknowledged_at", "ended_at")
      .where(isOpen)
      .execute();
    await index("alarms_open_by_rule", "org_id", "rule_id").where(isOpen).execute();
    await index("alarms_ended_by_severity", ...bySeverity)
      .where(isEnded)
      .execute();
    await index("alarms_by_time", "org_id", "opened_at", "id").execute();
    await index("alarms_ended", "org_id", "ended_at", "id").where(isEnded).execute();
    await index("alarms_by_device", "org_id", "device_id", "opened_at", "id").execute();
    await index("alarms_by_customer", "org_id", "customer_id", "opened_at", "id").execute();
    await index("alarms_old", "ended_at").where(isEnded).execute();
    await index("alarms_pending", "id")
      .where(
        sql<boolean>`ended_at is null and (unstable_since is not null or acknowledged_until is not null
          or snoozed_until is not null or is_muted = 1)`,
      )
      .execute();
  },
};

async function createAlarms(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  await db.schema
    .createTable("alarms")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
    .addColumn("key", text, (column) => column.notNull())
    .addColumn("type", text, (column) => column.notNull())
    .addColumn("severity", text, (column) => column.notNull())
    .addColumn("severity_rank", integer, (column) => column.notNull())
    .addColumn("rule_id", text)
    .addColumn("rule_name", text)
    .addColumn("device_id", text)
    .addColumn("device_name", text)
    .addColumn("customer_id", text)
    .addColumn("instance", text)
    .addColumn("facts", text, (column) => column.notNull())
    .addColumn("opened_at", integer, (column) => column.notNull())
    .addColumn("last_at", integer, (column) => column.notNull())
    .addColumn("ended_at", integer)
    .addColumn("end_reason", text)
    .addColumn("ended_by", text)
    .addColumn("occurrences", integer, (column) => column.notNull())
    .addColumn("violations", integer, (column) => column.notNull())
    .addColumn("is_violating", integer, (column) => column.notNull())
    .addColumn("changes", text, (column) => column.notNull())
    .addColumn("unstable_since", integer)
    .addColumn("acknowledged_at", integer)
    .addColumn("acknowledged_by", text)
    .addColumn("acknowledged_until", integer)
    .addColumn("snoozed_until", integer)
    .addColumn("assignee_id", text)
    .addColumn("assignee_name", text)
    .addColumn("is_muted", integer, (column) => column.notNull())
    .addColumn("is_told", integer, (column) => column.notNull())
    .addColumn("last_event", integer, (column) => column.notNull())
    .addColumn("search_text", text, (column) => column.notNull())
    .execute();
}

async function createEvents(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  await db.schema
    .createTable("alarm_events")
    .addColumn("org_id", text, (column) => column.notNull())
    .addColumn("alarm_id", text, (column) => column.notNull().references("alarms.id").onDelete("cascade"))
    .addColumn("number", integer, (column) => column.notNull())
    .addColumn("at", integer, (column) => column.notNull())
    .addColumn("kind", text, (column) => column.notNull())
    .addColumn("severity", text, (column) => column.notNull())
    .addColumn("by_type", text)
    .addColumn("by_id", text)
    .addColumn("by_name", text)
    .addColumn("details", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("alarm_events_numbered", ["alarm_id", "number"])
    .execute();
}
