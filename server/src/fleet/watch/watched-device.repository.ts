import type { AttentionLevel } from "@muster/shared/health/attention-reasons.ts";
import { levelOfRank } from "@muster/shared/health/attention-rank.ts";
import type { DeviceClass, OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { Kysely, Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { isInMaintenance, maintenanceEndOf } from "../presence/device-status.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { nameOf } from "../devices/device-row.ts";
import { isOfTenant } from "../devices/device-selection.repository.ts";
import type { DevicesTable } from "../fleet.tables.ts";

/** A device as the modules that watch devices see it between its reports; times are wall time unless they say otherwise. */
export type WatchedDevice = Pick<DevicesTable, "connection" | "shown" | "tags" | "origin"> & {
  orgId: string;
  deviceNo: number;
  deviceId: string;
  name: string;
  customerId: string | null;
  /** Name of the customer. */
  customer: string | null;
  osFamily: OsFamily;
  osName: string | null;
  deviceClass: DeviceClass;
  isArchived: boolean;
  isApproved: boolean;
  isInMaintenance: boolean;
  isAbsent: boolean;
  isPaused: boolean;
  isRebootRequired: boolean;
  isCloneSuspected: boolean;
  attention: AttentionLevel;
  agentVersion: string | null;
  connectionSince: number;
  lastReportAt: number | null;
  /** Observed time of the newest live report; null before the first one. */
  lastSeenAt: number | null;
  /** What the watch stored; null for nothing. */
  state: string | null;
  /** Of the state: another report or change makes it larger. */
  version: number;
};

/**
 * Devices by their numbers, those of all organizations, in the order of the numbers. Inside a transaction they are locked: no report
 * changes them until its end.
 */
export async function readWatchedDevices(
  db: Kysely<Tables>,
  dialect: Dialect,
  deviceNos: readonly number[],
  now: number,
): Promise<WatchedDevice[]> {
  if (deviceNos.length === 0) return [];
  const rows = await db
    .selectFrom("device_state as s")
    .innerJoin("devices as d", "d.device_no", "s.device_no")
    .select(["s.device_no", "s.version", "s.watch_state", "s.last_received_at", "s.last_seen_at"])
    .select(["d.id", "d.org_id", "d.label", "d.hostname", "d.customer_id", "d.customer"])
    .select(["d.tags", "d.origin", "d.os_family", "d.os_name"])
    .select([
      "d.class_chosen",
      "d.class_guess",
      "d.archived_at",
      "d.approved_at",
      "d.maintenance_until",
      "d.window_until",
    ])
    .select(["d.connection", "d.connection_since", "d.shown", "d.is_absent", "d.is_paused"])
    .select(["d.reboot_required", "d.clone_suspected_at", "d.attention_rank", "d.agent_version"])
    .where("s.device_no", "in", deviceNos)
    .orderBy("s.device_no")
    .$if(dialect === "postgres" && db.isTransaction, (query) => query.forUpdate("s"))
    .execute();
  return rows.map((row) => ({
    orgId: row.org_id,
    deviceNo: row.device_no,
    deviceId: row.id,
    name: nameOf(row),
    customerId: row.customer_id,
    customer: row.customer,
    osFamily: row.os_family,
    osName: row.os_name,
    tags: row.tags,
    origin: row.origin,
    deviceClass: row.class_chosen ?? row.class_guess,
    isArchived: row.archived_at !== null,
    isApproved: row.approved_at !== null,
    isInMaintenance: isInMaintenance(maintenanceEndOf(row), now),
    connection: row.connection,
    connectionSince: row.connection_since,
    shown: row.shown,
    isAbsent: row.is_absent === 1,
    isPaused: row.is_paused === 1,
    isRebootRequired: row.reboot_required === 1,
    isCloneSuspected: row.clone_suspected_at !== null,
    attention: levelOfRank(row.attention_rank),
    agentVersion: row.agent_version,
    lastReportAt: row.last_received_at,
    lastSeenAt: row.last_seen_at,
    state: row.watch_state,
    version: row.version,
  }));
}

/** Replaces what the watch keeps about a device that `readWatchedDevices` locked. */
export async function writeWatchState(
  tx: Transaction<Tables>,
  { orgId, deviceNo }: Pick<WatchedDevice, "orgId" | "deviceNo">,
  state: string | null,
): Promise<void> {
  await tx
    .updateTable("device_state")
    .set((row) => ({ watch_state: state, version: row("version", "+", 1) }))
    .where("org_id", "=", orgId)
    .where("device_no", "=", deviceNo)
    .execute();
}

/** A device that the tenant reaches; undefined for any other one. */
export async function findWatchedDevice(
  db: Kysely<Tables>,
  dialect: Dialect,
  { tenant, deviceId, now }: { tenant: Tenant; deviceId: string; now: number },
): Promise<WatchedDevice | undefined> {
  const row = await db
    .selectFrom("devices as d")
    .select("d.device_no")
    .where("d.id", "=", deviceId)
    .where(isOfTenant(tenant))
    .executeTakeFirst();
  return row && (await readWatchedDevices(db, dialect, [row.device_no], now))[0];
}

/** Numbers of an organization's devices above a number, in their order: all of them, a slice at a time. */
export async function readDeviceNosAfter(
  db: Kysely<Tables>,
  orgId: string,
  afterDeviceNo: number,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom("devices")
    .select("device_no")
    .where("org_id", "=", orgId)
    .where("device_no", ">", afterDeviceNo)
    .orderBy("device_no")
    .limit(limit)
    .execute();
  return rows.map((row) => row.device_no);
}
