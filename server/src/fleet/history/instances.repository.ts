import type { InstanceKind } from "@muster/shared/contracts/metric.ts";
import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { SeriesInstancesTable } from "./history.tables.ts";

export type InstanceRow = Pick<SeriesInstancesTable, "number" | "kind" | "name" | "last_seen_at">;

/** The number of a device, null when the organization does not have it. */
export async function findDeviceNo(
  db: Kysely<Tables>,
  orgId: string,
  deviceId: string,
): Promise<number | null> {
  const row = await db
    .selectFrom("devices")
    .select("device_no")
    .where("org_id", "=", orgId)
    .where("id", "=", deviceId)
    .executeTakeFirst();
  return row?.device_no ?? null;
}

/** Every instance of a device, at most `MAX_INSTANCES_PER_DEVICE`, the one that was seen last first. */
export function readInstances(db: Kysely<Tables>, orgId: string, deviceNo: number): Promise<InstanceRow[]> {
  return db
    .selectFrom("series_instances")
    .select(["number", "kind", "name", "last_seen_at"])
    .where("org_id", "=", orgId)
    .where("device_no", "=", deviceNo)
    .orderBy("last_seen_at", "desc")
    .orderBy("number")
    .execute();
}

/** The file systems of several devices of an organization. */
export function readFileSystems(
  db: Kysely<Tables>,
  orgId: string,
  deviceNos: readonly number[],
): Promise<Pick<SeriesInstancesTable, "device_no" | "number" | "name">[]> {
  return db
    .selectFrom("series_instances")
    .select(["device_no", "number", "name"])
    .where("org_id", "=", orgId)
    .where("device_no", "in", deviceNos)
    .where("kind", "=", "fileSystem")
    .execute();
}

/** Names of instances in an organization with the number of devices that have them, the most frequent first. */
export async function readInstanceNames(
  db: Kysely<Tables>,
  orgId: string,
  kind: InstanceKind,
  limit: number,
): Promise<{ name: string; devices: number }[]> {
  const rows = await db
    .selectFrom("series_instances")
    .select(["name", (count) => count.fn.countAll<number | string>().as("devices")])
    .where("org_id", "=", orgId)
    .where("kind", "=", kind)
    .groupBy("name")
    .orderBy("devices", "desc")
    .orderBy("name")
    .limit(limit)
    .execute();
  return rows.map(({ name, devices }) => ({ name, devices: Number(devices) }));
}

export async function addInstances(
  tx: Transaction<Tables>,
  orgId: string,
  deviceNo: number,
  instances: readonly InstanceRow[],
): Promise<void> {
  if (instances.length === 0) return;
  const rows = instances.map((instance) => ({ ...instance, org_id: orgId, device_no: deviceNo }));
  await tx.insertInto("series_instances").values(rows).execute();
}

/** Records that instances were seen at `now`. */
export async function touchInstances(
  tx: Transaction<Tables>,
  orgId: string,
  deviceNo: number,
  { numbers, now }: { numbers: readonly number[]; now: number },
): Promise<void> {
  if (numbers.length === 0) return;
  await tx
    .updateTable("series_instances")
    .set({ last_seen_at: now })
    .where("org_id", "=", orgId)
    .where("device_no", "=", deviceNo)
    .where("number", "in", numbers)
    .execute();
}

/** What names an instance within a device. */
export function instanceKey({ kind, name }: { kind: InstanceKind; name: string }): string {
  return `${kind} ${name}`;
}
