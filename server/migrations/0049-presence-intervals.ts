import { type Kysely, sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** When devices were up, excused, down or unknown: intervals, finished days, and the times at which no server ran. */
export const presenceIntervals: Migration = {
  name: "0049-presence-intervals",
  async up(db, dialect) {
    const { text, integer, blob } = columnTypes(dialect);
    await db.schema.alterTable("presence_clock").addColumn("ticked_at", integer).execute();
    await db.schema
      .createTable("server_gaps")
      .addColumn("started_at", integer, (column) => column.primaryKey())
      .addColumn("ended_at", integer, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("presence_intervals")
      .addColumn("device_no", integer, (column) => column.notNull())
      .addColumn("started_at", integer, (column) => column.notNull())
      .addColumn("ended_at", integer)
      .addColumn("state", text, (column) => column.notNull())
      .addColumn("reason", text)
      .addPrimaryKeyConstraint("presence_intervals_pk", ["device_no", "started_at"])
      .execute();
    await db.schema
      .createTable("availability_months")
      .addColumn("device_no", integer, (column) => column.notNull())
      .addColumn("month", integer, (column) => column.notNull())
      .addColumn("days", blob, (column) => column.notNull())
      .addPrimaryKeyConstraint("availability_months_pk", ["device_no", "month"])
      .execute();
    await db.schema
      .createTable("availability_marks")
      .addColumn("device_no", integer, (column) => column.primaryKey())
      .addColumn("recorded_since", integer, (column) => column.notNull())
      .addColumn("next_day", integer, (column) => column.notNull())
      .execute();
    await startRecording(db, Date.now());
  },
};

const DAY_MS = 86_400_000;

/** Nothing is known about the time before this step: each device begins with what it is now. */
async function startRecording(db: Kysely<unknown>, now: number): Promise<void> {
  await sql`
    insert into presence_intervals (device_no, started_at, ended_at, state, reason)
    select device_no, cast(${now} as bigint), null,
      case
        when approved_at is null or connection = 'waiting' then 'unknown'
        when connection in ('online', 'late') then 'up'
        when is_absent = 1 then 'down'
        else 'excused'
      end,
      case when approved_at is not null and connection in ('online', 'late') then null else shown end
    from devices where archived_at is null
  `.execute(db);
  await sql`
    insert into availability_marks (device_no, recorded_since, next_day)
    select device_no, cast(${now} as bigint), cast(${Math.floor(now / DAY_MS)} as bigint)
    from devices where archived_at is null
  `.execute(db);
}
