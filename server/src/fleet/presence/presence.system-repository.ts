import { type Kysely, sql, type Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { writeInterval } from "../availability/write-interval.repository.ts";
import { statusFactsOf } from "../devices/device-row.ts";
import { insertChanges } from "../watch/device-signals.repository.ts";
import type { OutageHold } from "./outage-hold.ts";
import type { Transition, PresenceCandidate } from "./plan-transitions.ts";

const HOUR_MS = 3_600_000;

/** Where a scan of all devices is, and which of them it looks for. */
export type ScanPosition = { afterDeviceNo: number; limit: number; observedNow: number; now: number };

export type ScannedSlice = { devices: PresenceCandidate[]; lastDeviceNo: number | null };

/**
 * Looks through the next `limit` devices, of all organizations, for those that are late, report again, or passed a deadline.
 * `lastDeviceNo` is null when there are no more.
 */
export async function scanDevices(db: Kysely<Tables>, position: ScanPosition): Promise<ScannedSlice> {
  const { afterDeviceNo, limit, observedNow, now } = position;
  const end = await db
    .selectFrom("device_state")
    .select("device_no")
    .where("device_no", ">", afterDeviceNo)
    .orderBy("device_no")
    .offset(limit - 1)
    .limit(1)
    .executeTakeFirst();
  const ageMs = sql<number>`(${observedNow} - s.last_seen_at)`;
  const lateMs = sql<number>`(2500 * s.interval_s)`;
  const rows = await db
    .selectFrom("device_state as s")
    .innerJoin("devices as d", "d.device_no", "s.device_no")
    .select(["s.device_no", "s.version", "s.last_seen_at", "s.interval_s"])
    .select(["s.held_level", "s.score", "s.disk", "s.disk_free"])
    .select(["d.id", "d.org_id", "d.connection", "d.last_word", "d.maintenance_until", "d.window_until"])
    .select([
      "d.approved_at",
      "d.clone_suspected_at",
      "d.class_chosen",
      "d.class_guess",
      "d.shown",
      "d.is_absent",
    ])
    .select(["d.attention_rank", "d.facts", "d.excluded_mounts"])
    .where("s.device_no", ">", afterDeviceNo)
    .$if(end !== undefined, (builder) => builder.where("s.device_no", "<=", end?.device_no ?? 0))
    .where("d.archived_at", "is", null)
    .where((where) =>
      where.or([
        where("d.connection", "=", "late"),
        where.and([where("d.connection", "=", "online"), sql<boolean>`${ageMs} > ${lateMs}`]),
        where.and([where("d.connection", "in", ["offline", "expired"]), sql<boolean>`${ageMs} <= ${lateMs}`]),
        where.and([where("d.connection", "=", "offline"), sql<boolean>`${ageMs} > ${expiryMs}`]),
        where.and([where("d.connection", "=", "expired"), sql<boolean>`${ageMs} <= ${expiryMs}`]),
        where.and([where("d.shown", "=", "maintenance"), sql<boolean>`${maintenanceEnd} <= ${now}`]),
      ]),
    )
    .execute();
  return {
    devices: rows.map((row) => ({
      deviceNo: row.device_no,
      id: row.id,
      orgId: row.org_id,
      version: row.version,
      lastSeenAt: row.last_seen_at,
      intervalS: row.interval_s,
      facts: statusFactsOf(row),
      shown: row.shown,
      isAbsent: row.is_absent === 1,
      attentionRank: row.attention_rank,
    })),
    lastDeviceNo: end?.device_no ?? null,
  };
}

/** As `maintenanceEndOf`, for a device that is or was in maintenance. */
const maintenanceEnd = sql<number>`(case when coalesce(d.maintenance_until, 0) > coalesce(d.window_until, 0)
  then d.maintenance_until else coalesce(d.window_until, 0) end)`;

/** The shortest time after which a device of its class expires; the plan knows the exact deadline. */
const expiryMs = sql<number>`(case when coalesce(d.class_chosen, d.class_guess) in ('server', 'vm')
  then ${sql.lit(24 * HOUR_MS)} else ${sql.lit(14 * 24 * HOUR_MS)} end)`;

/** How many devices of an organization are online, or late without a last word. */
export async function countConnected(db: Kysely<Tables>, orgId: string): Promise<number> {
  const { count } = await db
    .selectFrom("devices")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("org_id", "=", orgId)
    .where("archived_at", "is", null)
    .where("connection", "in", ["online", "late"])
    .where("last_word", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Writes transitions of devices that did not report or change since they were read. Returns the ids of the changed devices. */
export async function writeTransitions(
  tx: Transaction<Tables>,
  orgId: string,
  transitions: readonly Transition[],
  { now, dialect }: { now: number; dialect: Dialect },
): Promise<string[]> {
  const numbers = transitions.map(({ deviceNo }) => deviceNo);
  // A report that is being stored locks this row: after waiting for it the version differs.
  const locked = await tx
    .selectFrom("device_state")
    .select(["device_no", "version", "last_received_at"])
    .where("org_id", "=", orgId)
    .where("device_no", "in", numbers)
    .orderBy("device_no")
    .$if(dialect === "postgres", (builder) => builder.forUpdate())
    .execute();
  const states = new Map(locked.map((row) => [row.device_no, row]));
  const taken: Transition[] = [];
  for (const transition of transitions) {
    const { deviceNo, version, availability } = transition;
    const state = states.get(deviceNo);
    if (state?.version !== version) continue;
    if (!(await writeTransition(tx, orgId, transition, now))) continue;
    taken.push(transition);
    const device = { deviceNo, lastReportAt: state.last_received_at };
    if (availability) await writeInterval(tx, dialect, device, availability);
  }
  await insertChanges(
    tx,
    taken.map(({ deviceNo, id }) => ({ orgId, deviceNo, deviceId: id, at: now })),
  );
  return taken.map(({ id }) => id);
}

async function writeTransition(
  tx: Transaction<Tables>,
  orgId: string,
  { deviceNo, from, to }: Transition,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("devices")
    .set({
      connection: to.connection,
      ...(to.connection !== from.connection && { connection_since: now }),
      shown: to.shown,
      is_absent: to.isAbsent ? 1 : 0,
      attention_rank: to.attentionRank,
    })
    .where("org_id", "=", orgId)
    .where("device_no", "=", deviceNo)
    .where("archived_at", "is", null)
    .where("connection", "=", from.connection)
    .where("shown", "=", from.shown)
    .where("attention_rank", "=", from.attentionRank)
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) return false;
  await tx
    .updateTable("device_state")
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("device_no", "=", deviceNo)
    .execute();
  return true;
}

/** The outage holds by organization. */
export async function readHolds(db: Kysely<Tables>): Promise<Map<string, OutageHold>> {
  const rows = await db.selectFrom("presence_holds").selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.org_id,
      { since: row.since, missedFrom: row.missed_from, detectedAt: row.detected_at },
    ]),
  );
}

/** Replaces or, with null, removes an organization's hold. */
export async function writeHold(
  tx: Transaction<Tables>,
  orgId: string,
  hold: OutageHold | null,
): Promise<void> {
  await tx.deleteFrom("presence_holds").where("org_id", "=", orgId).execute();
  if (!hold) return;
  const { since, missedFrom, detectedAt } = hold;
  await tx
    .insertInto("presence_holds")
    .values({ org_id: orgId, since, missed_from: missedFrom, detected_at: detectedAt })
    .execute();
}
