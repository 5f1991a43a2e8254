import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** Devices of one statement: a search of eight terms takes about 20 ms for them. */
const SLICE_DEVICES = 2_000;

/** Device numbers above `start`, up to `end`; null for the last slice. */
export type DeviceSlice = { start: number; end: number | null };

/** The slices that together have all devices of an organization. Pause between them. */
export async function* readSlices(
  db: Kysely<Tables>,
  orgId: string,
  isArchived: boolean,
  devices = SLICE_DEVICES,
): AsyncGenerator<DeviceSlice> {
  for (let start: number | null = 0; start !== null; ) {
    const end = await findEnd(db, orgId, { isArchived, start, devices });
    yield { start, end };
    start = end;
  }
}

/** The condition that the device `d` is in a slice. */
export function isInSlice({ start, end }: DeviceSlice): RawBuilder<boolean> {
  if (end === null) return sql<boolean>`d.device_no > ${start}`;
  return sql<boolean>`(d.device_no > ${start} and d.device_no <= ${end})`;
}

async function findEnd(
  db: Kysely<Tables>,
  orgId: string,
  { isArchived, start, devices }: { isArchived: boolean; start: number; devices: number },
): Promise<number | null> {
  const last = await db
    .selectFrom("devices")
    .select("device_no")
    .where("org_id", "=", orgId)
    .where("archived_at", isArchived ? "is not" : "is", null)
    .where("device_no", ">", start)
    .orderBy("device_no")
    .offset(devices - 1)
    .limit(1)
    .executeTakeFirst();
  return last?.device_no ?? null;
}
