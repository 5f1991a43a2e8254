import { type Kysely, sql } from "kysely";
import type { Migration } from "../src/platform/database/migration.ts";

const TABLES = [
  ["older_reports", "legacy_reports"],
  ["older_action_ids", "legacy_action_ids"],
  ["compat_sessions", "legacy_sessions"],
  ["presence_watch", "presence_clock"],
] as const;

/** By the new names of the tables. */
const COLUMNS = [
  ["devices", "has_twin", "has_clone"],
  ["device_state", "heard_at", "last_seen_at"],
  ["device_state", "previous_boot_id", "previous_boots"],
  ["presence_clock", "watched_ms", "observed_ms"],
  ["presence_holds", "silent_from", "missed_from"],
  ["presence_holds", "noticed_at", "detected_at"],
  ["journal", "figures", "samples"],
  ["legacy_action_ids", "older_id", "legacy_id"],
  ["api_keys", "compat", "legacy_grants"],
  ["api_keys", "compat_machine_id", "legacy_machine_id"],
] as const;

/** Renames tables, columns and indexes by the terms that code and documentation use. Names of constraints stay. */
export const standardTerms: Migration = {
  name: "0035-standard-terms",
  async up(db) {
    for (const [from, to] of TABLES) await db.schema.alterTable(from).renameTo(to).execute();
    for (const [table, from, to] of COLUMNS) {
      await db.schema.alterTable(table).renameColumn(from, to).execute();
    }
    await recreateDeviceIndexes(db);
  },
};

/**
 * SQLite cannot rename an index. All indexes from the renamed one on are made again in the order of 0014, because SQLite takes the
 * newest of those that it thinks equal.
 */
async function recreateDeviceIndexes(db: Kysely<unknown>): Promise<void> {
  const names = ["devices_by_standing", "devices_customers", "devices_archived", "devices_by_org"];
  // One from before 0014 had its final form.
  for (const name of [...names, "devices_paused", "older_devices_once"]) {
    await db.schema.dropIndex(name).ifExists().execute();
  }
  const isListed = sql<boolean>`archived_at is null`;
  const index = (name: string, ...columns: string[]) =>
    db.schema.createIndex(name).on("devices").columns(columns);
  await index("devices_by_status", "org_id", "shown", "attention_rank", "is_paused", "paused_until")
    .where(isListed)
    .execute();
  await index("devices_customers", "org_id", "customer").where(isListed).execute();
  await index("devices_archived", "org_id").where(sql<boolean>`archived_at is not null`).execute();
  await index("devices_by_org", "org_id").where(isListed).execute();
  await index("legacy_devices_once", "org_id", "origin", "machine_id")
    .unique()
    .where(sql.ref("origin"), "<>", sql.lit("muster"))
    .execute();
}
