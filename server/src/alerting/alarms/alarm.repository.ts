import { OFFLINE_TYPE } from "@muster/shared/alarms/inhibition.ts";
import type { Kysely, Transaction } from "kysely";
import type { WatchedDevice } from "../../fleet/index.ts";
import { isWithinLimit } from "../../platform/database/customer-limit.ts";
import { inSlices, VALUES_PER_STATEMENT } from "../../platform/database/in-slices.ts";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { AlarmEventRow, AlarmRow } from "./alarms.tables.ts";
import { renamedSearchText } from "./search-text.ts";

type Reader = Kysely<Tables>;
type Writer = Transaction<Tables>;

/** What open alarms take over from their device. */
export type FollowedDevice = Pick<WatchedDevice, "orgId" | "deviceId" | "customerId" | "name">;

/** The alarms that a tenant reaches. Every read of alarms for a member has this condition. */
export function selectAlarms(db: Reader, tenant: Tenant) {
  return db
    .selectFrom("alarms")
    .where("org_id", "=", tenant.orgId)
    .where(isWithinLimit(tenant, "customer_id"));
}

export function findAlarm(db: Reader, tenant: Tenant, id: string): Promise<AlarmRow | undefined> {
  return selectAlarms(db, tenant).selectAll().where("id", "=", id).executeTakeFirst();
}

/** Those of these alarms that the tenant reaches, as they are stored. */
export function readAlarmsById(db: Reader, tenant: Tenant, ids: readonly string[]): Promise<AlarmRow[]> {
  return inSlices(ids, (slice) => selectAlarms(db, tenant).selectAll().where("id", "in", slice).execute());
}

/** Those of these alarms that the tenant reaches. */
export async function filterAlarmIds(db: Reader, tenant: Tenant, ids: readonly string[]): Promise<string[]> {
  const rows = await inSlices(ids, (slice) =>
    selectAlarms(db, tenant).select("id").where("id", "in", slice).execute(),
  );
  return rows.map(({ id }) => id);
}

/** How many alarms of each rule are open; a rule without one is left out. */
export async function countOpenAlarmsByRule(db: Reader, orgId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("alarms")
    .select(["rule_id", (count) => count.fn.countAll<number | string>().as("alarms")])
    .where("org_id", "=", orgId)
    .where("ended_at", "is", null)
    .groupBy("rule_id")
    .execute();
  return new Map(
    rows.flatMap(({ rule_id, alarms }) => (rule_id === null ? [] : [[rule_id, Number(alarms)]])),
  );
}

/** The newest events of an alarm, oldest first. */
export async function readAlarmEvents(
  db: Reader,
  orgId: string,
  alarmId: string,
  limit: number,
): Promise<AlarmEventRow[]> {
  const rows = await db
    .selectFrom("alarm_events")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("alarm_id", "=", alarmId)
    .orderBy("number", "desc")
    .limit(limit)
    .execute();
  return rows.toReversed();
}

/** Locks alarms that the tenant reaches, in the order of their ids, as every lock of several alarms. */
export function lockAlarms(
  tx: Writer,
  dialect: Dialect,
  tenant: Tenant,
  ids: readonly string[],
): Promise<AlarmRow[]> {
  return inSlices(ids.toSorted(), (slice) =>
    selectAlarms(tx, tenant)
      .selectAll()
      .where("id", "in", slice)
      .orderBy("id")
      .$if(dialect === "postgres", (query) => query.forUpdate())
      .execute(),
  );
}

/** Locks the alarms of these keys that are open, ended since a time, or were ended while their condition held. */
export async function lockAlarmsOfKeys(
  tx: Writer,
  dialect: Dialect,
  { orgId, keys, endedSince }: { orgId: string; keys: readonly string[]; endedSince: number },
): Promise<AlarmRow[]> {
  const ids = await inSlices(keys, (slice) =>
    tx
      .selectFrom("alarms")
      .select("id")
      .where("org_id", "=", orgId)
      .where("key", "in", slice)
      .where((where) =>
        where.or([
          where("ended_at", "is", null),
          where("ended_at", ">=", endedSince),
          where("is_violating", "=", 1),
        ]),
      )
      .execute(),
  );
  const tenant = { orgId, customerIds: null };
  return lockAlarms(
    tx,
    dialect,
    tenant,
    ids.map(({ id }) => id),
  );
}

/** Locks some of the open alarms of a rule or device. */
export async function lockOpenAlarms(
  tx: Writer,
  dialect: Dialect,
  of: { orgId: string; column: "rule_id" | "device_id"; id: string; limit: number },
): Promise<AlarmRow[]> {
  return tx
    .selectFrom("alarms")
    .selectAll()
    .where("org_id", "=", of.orgId)
    .where(of.column, "=", of.id)
    .where("ended_at", "is", null)
    .orderBy("id")
    .limit(of.limit)
    .$if(dialect === "postgres", (query) => query.forUpdate())
    .execute();
}

/** How many alarms of a type are open. */
export async function countOpenOfType(db: Reader, orgId: string, type: string): Promise<number> {
  const { alarms } = await db
    .selectFrom("alarms")
    .select((count) => count.fn.countAll<number>().as("alarms"))
    .where("org_id", "=", orgId)
    .where("ended_at", "is", null)
    .where("type", "=", type)
    .executeTakeFirstOrThrow();
  return alarms;
}

/** Throws a unique violation when an alarm with the same key is open. */
export async function insertAlarm(tx: Writer, row: AlarmRow): Promise<void> {
  await tx.insertInto("alarms").values(row).execute();
}

/** Writes a row back as a step made it. The caller has locked it. */
export async function updateAlarm(tx: Writer, row: AlarmRow): Promise<void> {
  const { id, org_id, ...columns } = row;
  await tx.updateTable("alarms").set(columns).where("org_id", "=", org_id).where("id", "=", id).execute();
}

export async function insertAlarmEvents(tx: Writer, rows: readonly AlarmEventRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += VALUES_PER_STATEMENT) {
    const slice = rows.slice(start, start + VALUES_PER_STATEMENT);
    await tx.insertInto("alarm_events").values(slice).execute();
  }
}

const ANNOUNCING_EVENTS = [
  "opened",
  "reopened",
  "escalated",
  "unstable",
  "calmed",
  "released",
  "snooze-ended",
  "acknowledgement-ended",
] as const satisfies readonly AlarmEventRow["kind"][];

/** Number of the newest event before this one of which somebody may have been told that something is wrong; null for none. */
export async function findAnnouncement(
  db: Reader,
  { org_id, alarm_id, number }: Pick<AlarmEventRow, "org_id" | "alarm_id" | "number">,
): Promise<number | null> {
  const row = await db
    .selectFrom("alarm_events")
    .select("number")
    .where("org_id", "=", org_id)
    .where("alarm_id", "=", alarm_id)
    .where("number", "<", number)
    .where("kind", "in", ANNOUNCING_EVENTS)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.number ?? null;
}

/** Offline alarms of these devices that are open and were announced, or that ended after a time. */
export function readOfflineAlarms(
  db: Reader,
  orgId: string,
  { deviceIds, endedAfter }: { deviceIds: readonly string[]; endedAfter: number },
): Promise<Pick<AlarmRow, "id" | "type" | "device_id" | "ended_at" | "is_told">[]> {
  return inSlices(deviceIds, (slice) =>
    db
      .selectFrom("alarms")
      .select(["id", "type", "device_id", "ended_at", "is_told"])
      .where("org_id", "=", orgId)
      .where("device_id", "in", slice)
      .where("type", "=", OFFLINE_TYPE)
      .where((where) =>
        where.or([
          where.and([where("ended_at", "is", null), where("is_told", "=", 1)]),
          where("ended_at", ">", endedAfter),
        ]),
      )
      .orderBy("id")
      .execute(),
  );
}

/** Ids of the open alarms about outages with these keys that somebody was told of, by key. */
export async function readToldOutages(
  db: Reader,
  orgId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom("alarms")
    .select(["id", "key"])
    .where("org_id", "=", orgId)
    .where("key", "in", keys)
    .where("ended_at", "is", null)
    .where("is_told", "=", 1)
    .execute();
  return new Map(rows.map(({ id, key }) => [key, id]));
}

/** Lets the open alarms about a device belong to its customer of now, under its name of now. */
export async function updateAlarmsOfDevice(
  tx: Writer,
  { orgId, deviceId, customerId, name }: FollowedDevice,
): Promise<void> {
  const rows = await tx
    .selectFrom("alarms")
    .select(["id", "device_name", "search_text"])
    .where("org_id", "=", orgId)
    .where("device_id", "=", deviceId)
    .where("ended_at", "is", null)
    .where((where) =>
      where.or([
        where("customer_id", "is distinct from", customerId),
        where("device_name", "is distinct from", name),
      ]),
    )
    .orderBy("id")
    .execute();
  for (const { id, device_name, search_text } of rows) {
    await tx
      .updateTable("alarms")
      .set({
        customer_id: customerId,
        device_name: name,
        search_text: renamedSearchText(search_text, device_name, name),
      })
      .where("org_id", "=", orgId)
      .where("id", "=", id)
      .execute();
  }
}

/** Gives the alarms of a customer to another one. */
export async function moveAlarms(tx: Writer, orgId: string, from: string, into: string): Promise<void> {
  await tx
    .updateTable("alarms")
    .set({ customer_id: into })
    .where("org_id", "=", orgId)
    .where("customer_id", "=", from)
    .execute();
}
