import { sql } from "kysely";
import type { Migration } from "../src/platform/database/migration.ts";

/** Finds the few alarms that are snoozed or unstable among all open ones. */
export const alarmFilters: Migration = {
  name: "0069-alarm-filters",
  async up(db) {
    const index = (name: string) =>
      db.schema.createIndex(name).on("alarms").columns(["org_id", "severity_rank", "opened_at", "id"]);
    await index("alarms_snoozed")
      .where(sql<boolean>`ended_at is null and snoozed_until is not null`)
      .execute();
    await index("alarms_unstable")
      .where(sql<boolean>`ended_at is null and unstable_since is not null`)
      .execute();
  },
};
