import type { Kysely, Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { DeviceSignalsTable } from "../fleet.tables.ts";

/**
 * What happened to a device, for the modules that watch devices.
 * - changed: more of it changed than the values that every report brings
 * - left: its agent left the organization
 * - removed: it was purged, and no row of it is left
 * - watched: `body` is what the watch of its reports stored
 */
export type NewSignal =
  | { kind: "changed" | "left" | "removed"; body: null }
  | { kind: "watched"; body: string };

/** A stored signal. `at` is wall time. */
export type DeviceSignal = NewSignal & {
  id: number;
  orgId: string;
  deviceNo: number;
  deviceId: string;
  at: number;
};

type SignalledDevice = Pick<DeviceSignal, "orgId" | "deviceNo" | "deviceId" | "at">;

const COLUMNS = ["org_id", "device_no", "device_id", "at", "kind", "body"] as const;
/** Keeps the bound values of one statement below SQLite's limit. */
const SIGNALS_PER_INSERT = 500;

/** Stores that each of the devices changed. */
export async function insertChanges(
  tx: Transaction<Tables>,
  devices: readonly SignalledDevice[],
): Promise<void> {
  for (let start = 0; start < devices.length; start += SIGNALS_PER_INSERT) {
    const rows = devices
      .slice(start, start + SIGNALS_PER_INSERT)
      .map((device) => rowOf(device, { kind: "changed", body: null }));
    await tx.insertInto("device_signals").values(rows).execute();
  }
}

/** Stores that what another module knows of a device changed; nothing for one that was purged. */
export async function signalChange(
  tx: Transaction<Tables>,
  { orgId, deviceId, at }: Omit<SignalledDevice, "deviceNo">,
): Promise<void> {
  const row = await tx
    .selectFrom("devices")
    .select("device_no")
    .where("org_id", "=", orgId)
    .where("id", "=", deviceId)
    .executeTakeFirst();
  if (row) await insertChanges(tx, [{ orgId, deviceId, deviceNo: row.device_no, at }]);
}

/** Stores that a device was purged, or that its agent left. */
export async function insertDeparture(
  tx: Transaction<Tables>,
  device: SignalledDevice,
  kind: "left" | "removed",
): Promise<void> {
  await tx
    .insertInto("device_signals")
    .values(rowOf(device, { kind, body: null }))
    .execute();
}

/** The statement that stores one signal, for transactions that do not use Kysely. */
export function signalStatement(
  dialect: Dialect,
  device: SignalledDevice,
  signal: NewSignal,
): { sql: string; parameters: (string | number | null)[] } {
  const row = rowOf(device, signal);
  const places = COLUMNS.map((_, index) => (dialect === "postgres" ? `$${index + 1}` : "?"));
  return {
    sql: `insert into device_signals (${COLUMNS.join(", ")}) values (${places.join(", ")})`,
    parameters: COLUMNS.map((column) => row[column]),
  };
}

/** The oldest signals of all organizations, in the order in which they were stored. */
export async function readSignals(db: Kysely<Tables>, limit: number): Promise<DeviceSignal[]> {
  const rows = await db.selectFrom("device_signals").selectAll().orderBy("id").limit(limit).execute();
  return rows.map((row) => ({
    id: row.id,
    orgId: row.org_id,
    deviceNo: row.device_no,
    deviceId: row.device_id,
    at: row.at,
    ...signalOf(row),
  }));
}

/** Returns the ids of those that were still there: what another transaction deleted, it has dealt with. */
export async function deleteSignals(
  tx: Transaction<Tables>,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.deleteFrom("device_signals").where("id", "in", ids).returning("id").execute();
  return new Set(rows.map(({ id }) => id));
}

function rowOf({ orgId, deviceNo, deviceId, at }: SignalledDevice, { kind, body }: NewSignal) {
  return { org_id: orgId, device_no: deviceNo, device_id: deviceId, at, kind, body };
}

function signalOf({ kind, body }: Pick<DeviceSignalsTable, "kind" | "body">): NewSignal {
  return kind === "watched" ? { kind, body: body ?? "{}" } : { kind, body: null };
}
