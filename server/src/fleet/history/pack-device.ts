import { dayOf, FIVE_MINUTES_MS, HOUR_MS, hourOf, monthOf } from "./period.ts";
import { EMPTY_ROLLUPS, replaceBuckets, type RollupBlock, rollUp } from "./rollup.ts";
import { mergeBlocks, type SampleBlock, sliceBlock } from "./sample-block.ts";
import { packRollups, packSamples } from "./segment.ts";

/** The packed history of a device, in the periods of its new samples. */
export type PackedHistory = {
  /** Days, then segments in the order in which they were packed. */
  samples: readonly SampleBlock[];
  fiveMinutes: ReadonlyMap<number, RollupBlock>;
  hours: ReadonlyMap<number, RollupBlock>;
};

/** The rows that packing a device writes: new segments by hour, and whole rollups by day and by month. */
export type DeviceWrites = {
  deviceNo: number;
  segments: PackedPeriod[];
  fiveMinutes: PackedPeriod[];
  hours: PackedPeriod[];
};

export type PackedPeriod = { period: number; bytes: Uint8Array };

/** The hours of the samples, counted from the epoch, ascending. */
export function hoursOf({ times }: SampleBlock): number[] {
  return [...new Set(Float64Array.from(times, hourOf))];
}

/**
 * Packs a device's new samples: a segment per hour, and the rollups of each hour computed again from everything that the hour
 * has, so that a late or doubled sample leaves them as if it had come in time.
 */
export function packDevice(deviceNo: number, fresh: SampleBlock, packed: PackedHistory): DeviceWrites {
  const fiveMinutes = new Map<number, RollupBlock>();
  const hours = new Map<number, RollupBlock>();
  const segments: PackedPeriod[] = [];
  for (const hour of hoursOf(fresh)) {
    const from = hour * HOUR_MS;
    const to = from + HOUR_MS;
    const samples = sliceBlock(fresh, from, to);
    segments.push({ period: hour, bytes: packSamples(samples) });
    const all = mergeBlocks([...packed.samples.map((block) => sliceBlock(block, from, to)), samples]);
    const day = dayOf(from);
    const month = monthOf(from);
    const ofDay = fiveMinutes.get(day) ?? packed.fiveMinutes.get(day) ?? EMPTY_ROLLUPS;
    const ofMonth = hours.get(month) ?? packed.hours.get(month) ?? EMPTY_ROLLUPS;
    fiveMinutes.set(day, replaceBuckets(ofDay, from, to, rollUp(all, FIVE_MINUTES_MS)));
    hours.set(month, replaceBuckets(ofMonth, from, to, rollUp(all, HOUR_MS)));
  }
  return { deviceNo, segments, fiveMinutes: packAll(fiveMinutes), hours: packAll(hours) };
}

function packAll(rollups: ReadonlyMap<number, RollupBlock>): PackedPeriod[] {
  return [...rollups].map(([period, block]) => ({ period, bytes: packRollups(block) }));
}
