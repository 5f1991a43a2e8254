import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The epochs of each device, the unconfirmed step of its clock, the age of its metrics, and the token that it enrolled with. */
export const reportNumbering: Migration = {
  name: "0036-report-numbering",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    const columns = [
      ["epochs", text],
      ["behind_at", integer],
      ["clock_step_ms", integer],
      ["sampled_at", integer],
    ] as const;
    for (const [name, type] of columns) {
      await db.schema.alterTable("device_state").addColumn(name, type).execute();
    }
    await db.schema.alterTable("devices").addColumn("enrolment_token_id", text).execute();
    // Legacy agents do not number their reports, so their epochs are not remembered.
    await sql`
      update device_state
      set epochs = case
        when live_epoch is null then backfill_epoch || ':0'
        when backfill_epoch is null or backfill_epoch = live_epoch then live_epoch || ':0'
        else live_epoch || ':0 ' || backfill_epoch || ':0'
      end
      where device_no in (select device_no from devices where origin = 'muster')
    `.execute(db);
    // A fault of the machine now ranks before a bad score and a waiting approval.
    await sql`
      update devices set attention_rank = attention_rank + 1 where attention_rank in (3, 4, 13, 14)
    `.execute(db);
  },
};
