import { type Kysely, sql, type Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { AlarmRow } from "./alarms.tables.ts";

// As in the index `alarms_pending`, with constants: a database uses it only then.
const IS_PENDING = sql<boolean>`ended_at is null and (unstable_since is not null or acknowledged_until is not null
  or snoozed_until is not null or is_muted = 1)`;

// As in the index `alarms_of_outages`.
const IS_OUTAGE = sql<boolean>`type = 'outage'`;

// As in the index `alarms_of_channels`.
const IS_OF_CHANNEL = sql<boolean>`type = 'channel-failing'`;

/** Open alarms of all organizations that may change with the time or with their device, by id. */
export function readPendingAlarms(
  db: Kysely<Tables>,
  { after, limit }: { after: string; limit: number },
): Promise<AlarmRow[]> {
  return db
    .selectFrom("alarms")
    .selectAll()
    .where(IS_PENDING)
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Alarms about outages, of all organizations, that are open or whose condition holds. */
export function readLastingOutages(db: Kysely<Tables>): Promise<AlarmRow[]> {
  return db
    .selectFrom("alarms")
    .selectAll()
    .where(IS_OUTAGE)
    .where((where) => where.or([where("ended_at", "is", null), where("is_violating", "=", 1)]))
    .orderBy("id")
    .execute();
}

/** Alarms about channels, of all organizations, that are open or whose condition holds. */
export function readLastingOfChannels(db: Kysely<Tables>): Promise<AlarmRow[]> {
  return db
    .selectFrom("alarms")
    .selectAll()
    .where(IS_OF_CHANNEL)
    .where((where) => where.or([where("ended_at", "is", null), where("is_violating", "=", 1)]))
    .orderBy("id")
    .execute();
}

/** Deletes some alarms that ended before a time, with their timelines. Returns how many. */
export async function deleteEndedAlarms(
  tx: Transaction<Tables>,
  { endedBefore, limit }: { endedBefore: number; limit: number },
): Promise<number> {
  const rows = await tx
    .selectFrom("alarms")
    .select("id")
    .where("ended_at", "<", endedBefore)
    .orderBy("ended_at")
    .limit(limit)
    .execute();
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  await tx.deleteFrom("alarm_tickets").where("alarm_id", "in", ids).execute();
  await tx.deleteFrom("alarms").where("id", "in", ids).execute();
  return rows.length;
}
