import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { FrozenRange } from "./frozen-range.ts";
import { createFrozenRows, type FrozenRow } from "./frozen-rows.system-repository.ts";
import { decodeRows } from "./journal-codec.ts";
import { type DeviceWrites, hoursOf, packDevice, type PackedHistory } from "./pack-device.ts";
import { createPackedHistoryRepository, type PackedHistoryRepository } from "./packed-history.repository.ts";
import { dayOf, HOUR_MS, monthOf } from "./period.ts";
import { mergeBlocks, type SampleBlock } from "./sample-block.ts";
import { unpackRollups, unpackSamples } from "./segment.ts";

const ROWS_PER_PASS = 60_000;
const DEVICES_PER_READ = 50;
const BYTES_PER_BATCH = 256 * 1024;

/** Devices to write in one short transaction, after which every device below `nextDeviceNo` is packed. */
export type PackBatch = { writes: DeviceWrites[]; rows: number; nextDeviceNo: number };

/** Packs a frozen range, device by device in ascending order. Reads only; holds a part of the range in memory at a time. */
export async function* packBatches(read: Kysely<Tables>, range: FrozenRange): AsyncGenerator<PackBatch> {
  const packed = createPackedHistoryRepository(read);
  const frozen = createFrozenRows(read, range);
  const { rows, last } = await frozen.measure();
  const width = Math.max(1, Math.floor((Math.max(1, last) * ROWS_PER_PASS) / Math.max(1, rows)));
  for (let first = range.nextDeviceNo; first <= last; first += width) {
    const byDevice = groupByDevice(await frozen.read(first, first + width - 1));
    for (let start = 0; start < byDevice.length; start += DEVICES_PER_READ) {
      yield* packDevices(packed, byDevice.slice(start, start + DEVICES_PER_READ));
    }
  }
}

async function* packDevices(
  packed: PackedHistoryRepository,
  devices: readonly (readonly [number, readonly FrozenRow[]])[],
): AsyncGenerator<PackBatch> {
  const fresh = devices.map(([deviceNo, rows]) => ({
    deviceNo,
    rows: rows.length,
    samples: mergeBlocks([decodeRows(rows)]),
  }));
  const historyOf = await readPacked(packed, fresh);
  let batch: PackBatch = { writes: [], rows: 0, nextDeviceNo: 0 };
  let bytes = 0;
  for (const { deviceNo, rows, samples } of fresh) {
    const writes = packDevice(deviceNo, samples, historyOf(deviceNo));
    batch.writes.push(writes);
    batch.rows += rows;
    batch.nextDeviceNo = deviceNo + 1;
    bytes += sizeOf(writes);
    if (bytes < BYTES_PER_BATCH) continue;
    yield batch;
    batch = { writes: [], rows: 0, nextDeviceNo: 0 };
    bytes = 0;
  }
  if (batch.writes.length > 0) yield batch;
}

/** By ascending device; the rows of each in the order in which they were received. */
function groupByDevice(rows: readonly FrozenRow[]): [number, FrozenRow[]][] {
  const grouped = Map.groupBy(rows, (row) => row.device_no);
  for (const own of grouped.values()) {
    own.sort((one, other) => one.received_at - other.received_at || one.id - other.id);
  }
  return [...grouped].toSorted(([one], [other]) => one - other);
}

/** Segments before days: compaction moves samples from the former to the latter, so none is missed, and a doubled one is one. */
async function readPacked(
  packed: PackedHistoryRepository,
  fresh: readonly { deviceNo: number; samples: SampleBlock }[],
): Promise<(deviceNo: number) => PackedHistory> {
  const deviceNos = fresh.map(({ deviceNo }) => deviceNo);
  const hours = fresh.flatMap(({ samples }) => hoursOf(samples));
  const first = Math.min(...hours);
  const last = Math.max(...hours);
  const [firstDay, lastDay] = [dayOf(first * HOUR_MS), dayOf(last * HOUR_MS)];
  const [firstMonth, lastMonth] = [monthOf(first * HOUR_MS), monthOf(last * HOUR_MS)];
  const segments = await packed.segments(deviceNos, first, last);
  const days = await packed.periods("history_days", deviceNos, firstDay, lastDay);
  const fiveMinutes = await packed.periods("history_five_minutes", deviceNos, firstDay, lastDay);
  const hourly = await packed.periods("history_hours", deviceNos, firstMonth, lastMonth);
  const unpackedRollups = (rows: typeof hourly, deviceNo: number) =>
    new Map(
      rows
        .filter((row) => row.device_no === deviceNo)
        .map(({ period, bytes }) => [period, unpackRollups(bytes)]),
    );
  return (deviceNo) => ({
    samples: [...days, ...segments]
      .filter((row) => row.device_no === deviceNo)
      .map(({ bytes }) => unpackSamples(bytes)),
    fiveMinutes: unpackedRollups(fiveMinutes, deviceNo),
    hours: unpackedRollups(hourly, deviceNo),
  });
}

function sizeOf({ segments, fiveMinutes, hours }: DeviceWrites): number {
  return [...segments, ...fiveMinutes, ...hours].reduce((sum, { bytes }) => sum + bytes.length, 0);
}
