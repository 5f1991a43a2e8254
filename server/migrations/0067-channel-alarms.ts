import { sql } from "kysely";
import type { Migration } from "../src/platform/database/migration.ts";

/** Finds the alarms about channels, which a job looks at every minute, among all others. */
export const channelAlarms: Migration = {
  name: "0067-channel-alarms",
  async up(db) {
    await db.schema
      .createIndex("alarms_of_channels")
      .on("alarms")
      .column("id")
      .where(sql<boolean>`type = 'channel-failing'`)
      .execute();
  },
};
