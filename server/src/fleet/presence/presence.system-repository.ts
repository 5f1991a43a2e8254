import { type Kysely, sql, type Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { writeInterval } from "../availability/write-interval.repository.ts";
import { statusFactsOf } from "../devices/device-row.ts";
import type { PresenceHoldsTable } from "../fleet.tables.ts";
import { insertChanges } from "../watch/device-signals.repository.ts";
import { LATE_AFTER_INTERVALS } from "./connection.ts";
import { MISSING_AFTER_INTERVALS } from "./outage-hold.ts";
import type { MissingAtSite, OutageHolds, SiteHold } from "./plan-outages.ts";
import type { Transition, PresenceCandidate } from "./plan-transitions.ts";
import { type Site, siteKeyOf } from "./site.ts";

const HOUR_MS = 3_600_000;

/** Where a scan of all devices is, and which of them it looks for. */
export type ScanPosition = { afterDeviceNo: number; limit: number; observedNow: number; now: number };

export type ScannedSlice = { devices: PresenceCandidate[]; lastDeviceNo: number | null };

/**
 * Looks through the next `limit` devices, of all organizations, for those that are missing, late, report again, or passed a deadline.
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
  const missingMs = sql<number>`(${sql.lit(1000 * MISSING_AFTER_INTERVALS)} * s.interval_s)`;
  const lateMs = sql<number>`(${sql.lit(1000 * LATE_AFTER_INTERVALS)} * s.interval_s)`;
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
    .select(["d.attention_rank", "d.facts", "d.excluded_mounts", "d.customer_id", "d.public_network"])
    .where("s.device_no", ">", afterDeviceNo)
    .$if(end !== undefined, (builder) => builder.where("s.device_no", "<=", end?.device_no ?? 0))
    .where("d.archived_at", "is", null)
    .where((where) =>
      where.or([
        where("d.connection", "=", "late"),
        where.and([where("d.connection", "=", "online"), sql<boolean>`${ageMs} > ${missingMs}`]),
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
      site: { customerId: row.customer_id, network: row.public_network },
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

/** How many devices of an organization are online, or late without a last word, at each site. */
export async function readConnected(
  db: Kysely<Tables>,
  orgId: string,
): Promise<{ site: Site; devices: number }[]> {
  const rows = await db
    .selectFrom("devices")
    .select(["customer_id", "public_network"])
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where("org_id", "=", orgId)
    .where("archived_at", "is", null)
    .where("connection", "in", ["online", "late"])
    .where("last_word", "is", null)
    .groupBy(["customer_id", "public_network"])
    .execute();
  return rows.map(({ devices, ...row }) => ({ site: siteOf(row), devices }));
}

/** Devices that are offline without a last word, and missed their first report at `missedFrom` or later, in observed time. */
export async function readOfflineSince(
  db: Kysely<Tables>,
  orgId: string,
  missedFrom: number,
): Promise<MissingAtSite[]> {
  const missedAt = sql<number>`(s.last_seen_at + 1000 * s.interval_s)`;
  const rows = await db
    .selectFrom("devices as d")
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(["d.customer_id", "d.public_network", "s.interval_s", missedAt.as("missed_at")])
    .where("d.org_id", "=", orgId)
    .where("d.archived_at", "is", null)
    .where("d.connection", "=", "offline")
    .where("d.last_word", "is", null)
    .where(missedAt, ">=", missedFrom)
    .execute();
  return rows.map((row) => ({
    missedAt: row.missed_at,
    intervalS: row.interval_s,
    isLate: true,
    site: siteOf(row),
  }));
}

function siteOf(row: { customer_id: string | null; public_network: string | null }): Site {
  return { customerId: row.customer_id, network: row.public_network };
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

/** The suspected outages by organization. */
export async function readHolds(db: Kysely<Tables>): Promise<Map<string, OutageHolds>> {
  const rows = await db.selectFrom("presence_holds").selectAll().execute();
  const byOrganization = Map.groupBy(rows, ({ org_id }) => org_id);
  return new Map([...byOrganization].map(([orgId, ofOrganization]) => [orgId, toHolds(ofOrganization)]));
}

/** A suspected outage of a site, or of the whole organization with `site` and `key` null. */
export type Outage = {
  orgId: string;
  key: string | null;
  site: Site | null;
  /** Wall time. */
  since: number;
  devices: number;
};

/** The suspected outages of all organizations. */
export async function readOutages(db: Kysely<Tables>): Promise<Outage[]> {
  const rows = await db.selectFrom("presence_holds").selectAll().execute();
  return rows.map(({ org_id: orgId, site, customer_id: customerId, network, since, devices }) => {
    const isSite = site !== WHOLE_ORGANIZATION;
    return {
      orgId,
      key: isSite ? site : null,
      site: isSite ? { customerId, network } : null,
      since,
      devices,
    };
  });
}

function toHolds(rows: readonly PresenceHoldsTable[]): OutageHolds {
  const holds = rows.map((row): [string, SiteHold] => [
    row.site,
    {
      site: { customerId: row.customer_id, network: row.network },
      since: row.since,
      missedFrom: row.missed_from,
      detectedAt: row.detected_at,
      devices: row.devices,
      returningSince: row.returning_since,
    },
  ]);
  const sites = new Map(holds);
  const organization = sites.get(WHOLE_ORGANIZATION) ?? null;
  sites.delete(WHOLE_ORGANIZATION);
  return { organization, sites };
}

/** In place of the key of a site. */
const WHOLE_ORGANIZATION = "";

/** Replaces the suspected outages of an organization. */
export async function writeHolds(
  tx: Transaction<Tables>,
  orgId: string,
  { organization, sites }: OutageHolds,
): Promise<void> {
  await tx.deleteFrom("presence_holds").where("org_id", "=", orgId).execute();
  const none = { customerId: null, network: null };
  const holds = [...sites.values(), ...(organization ? [{ ...organization, site: none }] : [])];
  if (holds.length === 0) return;
  const rows = holds.map(({ site, since, missedFrom, detectedAt, devices, returningSince }) => ({
    org_id: orgId,
    site: siteKeyOf(site) ?? WHOLE_ORGANIZATION,
    customer_id: site.customerId,
    network: site.network,
    devices,
    since,
    missed_from: missedFrom,
    detected_at: detectedAt,
    returning_since: returningSince,
  }));
  await tx.insertInto("presence_holds").values(rows).execute();
}
