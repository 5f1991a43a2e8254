import type { Kysely, Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { DeviceStateTable, DevicesTable } from "../fleet.tables.ts";
import { forgetDependency } from "./dependency.repository.ts";
import type { DetailRow, DeviceRow } from "./device-row.ts";
import { dayOf } from "../history/period.ts";
import { forgetEpochTimes } from "../ingest/epoch-history.ts";
import { listingOf } from "./listing.ts";
import { type EditColumns, UNEDITED } from "../../platform/edit-version.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { isKnownOfTenant, isOfTenant } from "./device-selection.repository.ts";

export type NewDevice = Omit<
  DevicesTable,
  | "device_no"
  | "name_sort"
  | "customer_sort"
  | "search_text"
  | "origin"
  | "enrolment_token_id"
  | "excluded_mounts"
  | "depends_on"
  | keyof EditColumns
> & {
  /** Null if left out. */
  enrolment_token_id?: string;
  /** "muster" if left out. */
  origin?: DevicesTable["origin"];
};

/** Adds a device with an empty state. Returns the number under which history knows it. */
export async function insertDevice(
  tx: Transaction<Tables>,
  device: NewDevice,
  intervalS: number,
): Promise<number> {
  const { device_no } = await tx
    .insertInto("devices")
    .values({
      ...device,
      origin: device.origin ?? "muster",
      enrolment_token_id: device.enrolment_token_id ?? null,
      excluded_mounts: "[]",
      depends_on: null,
      ...UNEDITED,
      ...listingOf(device),
    })
    .returning("device_no")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("device_state")
    .values(emptyState(device_no, device.org_id, intervalS))
    .execute();
  await startRecording(tx, device_no, device.enrolled_at);
  return device_no;
}

/** Its availability is recorded from its enrolment on, at first as unknown. */
async function startRecording(tx: Transaction<Tables>, deviceNo: number, enrolledAt: number): Promise<void> {
  await tx
    .insertInto("presence_intervals")
    .values({
      device_no: deviceNo,
      started_at: enrolledAt,
      ended_at: null,
      state: "unknown",
      reason: "waiting",
    })
    .execute();
  await tx
    .insertInto("availability_marks")
    .values({ device_no: deviceNo, recorded_since: enrolledAt, next_day: dayOf(enrolledAt) })
    .execute();
}

/** Everything of one device of the tenant, archived or not. */
export function findDevice(
  db: Kysely<Tables>,
  tenant: Tenant,
  deviceId: string,
): Promise<DetailRow | undefined> {
  return db
    .selectFrom("devices as d")
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .leftJoin("device_inventory as i", "i.device_no", "d.device_no")
    .leftJoin("device_services as v", "v.device_no", "d.device_no")
    .selectAll("s")
    .selectAll("d")
    .select(["i.body as inventory", "i.received_at as inventory_at"])
    .select(["v.body as services", "v.changed_at as services_at"])
    .where(isOfTenant(tenant))
    .where("d.id", "=", deviceId)
    .executeTakeFirst();
}

/** Several devices of the tenant, archived or not, without their inventories, in no order. */
export function findDevices(
  db: Kysely<Tables>,
  tenant: Tenant,
  deviceIds: readonly string[],
): Promise<DeviceRow[]> {
  return db
    .selectFrom("devices as d")
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .selectAll("s")
    .selectAll("d")
    .where(isKnownOfTenant(tenant))
    .where("d.id", "in", deviceIds)
    .execute();
}

/** Devices of a machine that enrolled with a token since `enrolledSince` and have not reported. */
export function findUnseenDevices(
  tx: Transaction<Tables>,
  orgId: string,
  { machineId, tokenId, enrolledSince }: { machineId: string; tokenId: string; enrolledSince: number },
): Promise<Pick<DevicesTable, "id" | "approved_at" | "customer_id">[]> {
  return tx
    .selectFrom("devices as d")
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(["d.id", "d.approved_at", "d.customer_id"])
    .where("d.org_id", "=", orgId)
    .where("d.machine_id", "=", machineId)
    .where("d.enrolment_token_id", "=", tokenId)
    .where("d.enrolled_at", ">=", enrolledSince)
    .where("d.archived_at", "is", null)
    .where("s.live_epoch", "is", null)
    .where("s.backfill_epoch", "is", null)
    .execute();
}

/**
 * Locks a device until the transaction ends, so that no report and no transition changes it. Call it before reading the device: the
 * statement that waits for the lock may return the earlier row. SQLite has one writer and needs no lock.
 */
export async function lockDevice(
  tx: Transaction<Tables>,
  dialect: Dialect,
  orgId: string,
  deviceId: string,
): Promise<void> {
  if (dialect === "sqlite") return;
  await tx
    .selectFrom("device_state as s")
    .innerJoin("devices as d", "d.device_no", "s.device_no")
    .select("s.device_no")
    .where("d.org_id", "=", orgId)
    .where("d.id", "=", deviceId)
    .forUpdate("s")
    .execute();
}

/** Locks several devices, always in the same order, so that two transactions never wait for each other. */
export async function lockDevices(
  tx: Transaction<Tables>,
  dialect: Dialect,
  orgId: string,
  deviceIds: readonly string[],
): Promise<void> {
  if (dialect === "sqlite" || deviceIds.length === 0) return;
  await tx
    .selectFrom("device_state as s")
    .innerJoin("devices as d", "d.device_no", "s.device_no")
    .select("s.device_no")
    .where("d.org_id", "=", orgId)
    .where("d.id", "in", deviceIds)
    .orderBy("s.device_no")
    .forUpdate("s")
    .execute();
}

/**
 * Clears the previous boots and the times of the epochs: what alternates after this is a new suspicion. The epochs themselves stay
 * remembered. A device that was answered "behind" may begin an epoch unsigned.
 */
export async function clearCloneEvidence(
  tx: Transaction<Tables>,
  orgId: string,
  { device_no, epochs }: Pick<DetailRow, "device_no" | "epochs">,
): Promise<void> {
  await tx
    .updateTable("device_state")
    .set({
      previous_boots: null,
      boot_changed_at: null,
      epochs: forgetEpochTimes(epochs),
      behind_at: null,
    })
    .where("org_id", "=", orgId)
    .where("device_no", "=", device_no)
    .execute();
}

const DETAIL_TABLES = [
  "device_tags",
  "device_inventory",
  "device_services",
  "legacy_reports",
  "series_instances",
  "device_state",
] as const;

const AVAILABILITY_TABLES = ["presence_intervals", "availability_months", "availability_marks"] as const;

/** Removes every row of a device that the fleet owns. What depended on it depends on nothing afterwards. */
export async function deleteDevice(
  tx: Transaction<Tables>,
  orgId: string,
  { device_no: deviceNo, id }: Pick<DetailRow, "device_no" | "id">,
): Promise<void> {
  await forgetDependency(tx, orgId, id);
  for (const table of AVAILABILITY_TABLES) {
    await tx.deleteFrom(table).where("device_no", "=", deviceNo).execute();
  }
  for (const table of [...DETAIL_TABLES, "devices"] as const) {
    await tx.deleteFrom(table).where("org_id", "=", orgId).where("device_no", "=", deviceNo).execute();
  }
}

/** Marks the devices with `machineId` as clones if there are several. Returns whether there are. */
export async function markClones(
  tx: Transaction<Tables>,
  orgId: string,
  machineId: string,
): Promise<boolean> {
  const claimants = await tx
    .selectFrom("devices")
    .select("device_no")
    .where("org_id", "=", orgId)
    .where("machine_id", "=", machineId)
    .where("origin", "=", "muster")
    .where("archived_at", "is", null)
    .execute();
  if (claimants.length < 2) return false;
  const numbers = claimants.map(({ device_no }) => device_no);
  await tx
    .updateTable("devices")
    .set({ has_clone: 1 })
    .where("org_id", "=", orgId)
    .where("device_no", "in", numbers)
    .execute();
  return true;
}

const MAX_SAME_MACHINE = 10;

/** Other devices in the organization with the machine id of this one, with their names and customers. */
export function findSameMachine(
  db: Kysely<Tables>,
  orgId: string,
  { device_no, machine_id }: Pick<DetailRow, "device_no" | "machine_id">,
): Promise<Pick<DevicesTable, "id" | "label" | "hostname" | "customer_id">[]> {
  return db
    .selectFrom("devices")
    .select(["id", "label", "hostname", "customer_id"])
    .where("org_id", "=", orgId)
    .where("machine_id", "=", machine_id)
    .where("device_no", "!=", device_no)
    .where("origin", "=", "muster")
    .where("archived_at", "is", null)
    .orderBy("device_no")
    .limit(MAX_SAME_MACHINE)
    .execute();
}

function emptyState(deviceNo: number, orgId: string, intervalS: number): DeviceStateTable {
  return {
    device_no: deviceNo,
    org_id: orgId,
    version: 0,
    live_epoch: null,
    live_sequence: null,
    live_digest: null,
    backfill_epoch: null,
    backfill_sequence: null,
    backfill_digest: null,
    epochs: null,
    behind_at: null,
    journal_head: null,
    last_seen_at: null,
    last_received_at: null,
    interval_s: intervalS,
    clock_offset_ms: null,
    clock_step_ms: null,
    boot_id: null,
    previous_boots: null,
    boot_changed_at: null,
    sampled_at: null,
    cpu: null,
    memory: null,
    disk: null,
    disk_free: null,
    status: "unknown",
    score: null,
    held_level: 0,
    warn_differs_since: null,
    critical_differs_since: null,
    idle_since: null,
    watch_state: null,
  };
}
