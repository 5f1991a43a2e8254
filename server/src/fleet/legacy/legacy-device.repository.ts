import type { LegacySystem } from "@muster/shared/contracts/legacy-system.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { SUMMARY_DEVICE_COLUMNS, SUMMARY_STATE_COLUMNS, type SummaryRow } from "../devices/device-row.ts";

/** The columns that a report of a legacy machine is compared with. */
export type LegacyDeviceRow = Pick<
  Tables["devices"],
  "id" | "archived_at" | "os_family" | "os_name" | "booted_at"
> & { device_no: number };

export type ListedLegacyRow = SummaryRow & { machine_id: string; device_no: number; body: string | null };

export function findLegacyDevice(
  db: Kysely<Tables>,
  orgId: string,
  system: LegacySystem,
  machineId: string,
): Promise<LegacyDeviceRow | undefined> {
  return db
    .selectFrom("devices")
    .select(["id", "device_no", "archived_at", "os_family", "os_name", "booted_at"])
    .where("org_id", "=", orgId)
    .where("origin", "=", system)
    .where("machine_id", "=", machineId)
    .executeTakeFirst();
}

/** True when `name` is the id or the machine id of a device with its own agent. */
export async function isNativeDevice(db: Kysely<Tables>, orgId: string, name: string): Promise<boolean> {
  const row = await db
    .selectFrom("devices")
    .select("id")
    .where("org_id", "=", orgId)
    .where("origin", "=", "muster")
    .where((where) => where.or([where("id", "=", name), where("machine_id", "=", name)]))
    .executeTakeFirst();
  return row !== undefined;
}

export async function countLegacyDevices(db: Kysely<Tables>, orgId: string): Promise<number> {
  const { count } = await db
    .selectFrom("devices")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("org_id", "=", orgId)
    .where("origin", "<>", "muster")
    .executeTakeFirstOrThrow();
  return count;
}

export async function countLegacyDevicesOf(
  db: Kysely<Tables>,
  orgId: string,
  system: LegacySystem,
): Promise<number> {
  const { count } = await db
    .selectFrom("devices")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("org_id", "=", orgId)
    .where("origin", "=", system)
    .executeTakeFirstOrThrow();
  return count;
}

/** Machines of the system, archived ones too, by their numbers: the first `limit` after `after`. */
export function readLegacyDevices(
  db: Kysely<Tables>,
  orgId: string,
  system: LegacySystem,
  { after, limit }: { after: number; limit: number },
): Promise<ListedLegacyRow[]> {
  return db
    .selectFrom("devices as d")
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .leftJoin("legacy_reports as o", "o.device_no", "d.device_no")
    .select(SUMMARY_DEVICE_COLUMNS.map((name) => `d.${name}` as const))
    .select(SUMMARY_STATE_COLUMNS.map((name) => `s.${name}` as const))
    .select(["d.machine_id", "d.device_no", "o.body"])
    .where("d.org_id", "=", orgId)
    .where("d.origin", "=", system)
    .where("d.device_no", ">", after)
    .orderBy("d.device_no")
    .limit(limit)
    .execute();
}
