import { type Kysely, sql, type Transaction } from "kysely";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { CompactedDay } from "./compact-batches.ts";
import type { FrozenRange } from "./frozen-range.ts";
import type { DeviceWrites, PackedPeriod } from "./pack-device.ts";
import type { PackBatch } from "./pack-batches.ts";
import type { PeriodTable } from "./packed-history.repository.ts";

const HISTORY_LOCK = 0x6d_68_69;

/** Writes packed history. Each call is one short transaction; after an interruption nothing is lost or counted twice. */
export type PackingRepository = {
  /** Stores a batch and how far the range is packed. Throws when another server packs the same range. */
  store(range: FrozenRange, batch: PackBatch): Promise<void>;
  /** Stores days and deletes the segments that went into them. */
  storeDays(days: readonly CompactedDay[]): Promise<void>;
  /** Deletes purges before `time`. Call it once the journal has no earlier rows. */
  forgetPurges(time: number): Promise<void>;
};

export function createPackingRepository(store: Store): PackingRepository {
  return {
    store: (range, { writes, rows, nextDeviceNo }) =>
      store.transaction(async (tx) => {
        await lockHistory(tx, store.dialect);
        await advance(tx, range, rows, nextDeviceNo);
        const kept = await withoutPurged(tx, writes);
        await insertSegments(tx, kept);
        await upsert(
          tx,
          "history_five_minutes",
          rowsOf(kept, (device) => device.fiveMinutes),
        );
        await upsert(
          tx,
          "history_hours",
          rowsOf(kept, (device) => device.hours),
        );
      }),

    storeDays: (days) =>
      store.transaction(async (tx) => {
        await lockHistory(tx, store.dialect);
        const ids = days.flatMap(({ segmentIds }) => segmentIds);
        const deleted = await tx
          .deleteFrom("history_segments")
          .where("id", "in", ids)
          .returning("device_no")
          .execute();
        // A device without segments was purged while its day was merged.
        const present = new Set(deleted.map(({ device_no }) => device_no));
        await upsert(
          tx,
          "history_days",
          days
            .filter(({ deviceNo }) => present.has(deviceNo))
            .map(({ deviceNo, period, bytes }) => ({ device_no: deviceNo, period, bytes: asBuffer(bytes) })),
        );
      }),

    async forgetPurges(time) {
      await store.transaction((tx) =>
        tx.deleteFrom("history_purges").where("purged_at", "<", time).execute(),
      );
    },
  };
}

/** On PostgreSQL, whose transactions overlap, allows only one of packing, compacting and purging at a time. */
export async function lockHistory(tx: Kysely<Tables>, dialect: Store["dialect"]): Promise<void> {
  if (dialect === "postgres") await sql`select pg_advisory_xact_lock(${HISTORY_LOCK})`.execute(tx);
}

async function advance(
  tx: Transaction<Tables>,
  range: FrozenRange,
  rows: number,
  nextDeviceNo: number,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("history_packing")
    .set((eb) => ({ next_device_no: nextDeviceNo, packed_rows: eb("packed_rows", "+", rows) }))
    .where("frozen_through", "=", range.through)
    .where("next_device_no", "<", nextDeviceNo)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n)
    throw new Error("Another server is packing the same history. The next run tries again.");
}

async function withoutPurged(
  tx: Transaction<Tables>,
  writes: readonly DeviceWrites[],
): Promise<readonly DeviceWrites[]> {
  const purged = await tx
    .selectFrom("history_purges")
    .select("device_no")
    .where(
      "device_no",
      "in",
      writes.map(({ deviceNo }) => deviceNo),
    )
    .execute();
  if (purged.length === 0) return writes;
  const purgedNumbers = new Set(purged.map(({ device_no }) => device_no));
  return writes.filter(({ deviceNo }) => !purgedNumbers.has(deviceNo));
}

async function insertSegments(tx: Transaction<Tables>, writes: readonly DeviceWrites[]): Promise<void> {
  const rows = rowsOf(writes, (device) => device.segments);
  if (rows.length > 0) await tx.insertInto("history_segments").values(rows).execute();
}

function rowsOf(
  writes: readonly DeviceWrites[],
  periodsOf: (device: DeviceWrites) => readonly PackedPeriod[],
) {
  return writes.flatMap((device) =>
    periodsOf(device).map(({ period, bytes }) => ({
      device_no: device.deviceNo,
      period,
      bytes: asBuffer(bytes),
    })),
  );
}

async function upsert(
  tx: Transaction<Tables>,
  table: PeriodTable,
  rows: readonly { device_no: number; period: number; bytes: Buffer }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto(table)
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["device_no", "period"]).doUpdateSet((eb) => ({ bytes: eb.ref("excluded.bytes") })),
    )
    .execute();
}

/** Bytes from a thread are a plain Uint8Array, which neither driver can bind. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
