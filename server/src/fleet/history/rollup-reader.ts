import { hoursOf } from "./pack-device.ts";
import type { PackedHistoryRepository } from "./packed-history.repository.ts";
import { DAY_MS, dayOf, FIVE_MINUTES_MS, HOUR_MS, monthOf } from "./period.ts";
import { coarsen, joinRollups, replaceBuckets, type RollupBlock, rollUp, sliceRollups } from "./rollup.ts";
import type { SampleReader } from "./sample-reader.ts";
import { sliceBlock } from "./sample-block.ts";
import { unpackRollups } from "./segment.ts";

/** Reads a device's rollups of 5 minutes, 1 hour or 1 day (`stepMs`) that start in [from, to); `from` is a whole step. */
export type RollupReader = (
  device: { deviceNo: number; journalHead: number | null },
  stepMs: number,
  from: number,
  to: number,
  wanted: ReadonlySet<number>,
) => Promise<RollupBlock>;

export function createRollupReader(packed: PackedHistoryRepository, samples: SampleReader): RollupReader {
  return async ({ deviceNo, journalHead }, stepMs, from, to, wanted) => {
    // Days are made of hours.
    const storedMs = Math.min(stepMs, HOUR_MS);
    const fresh = await samples.readUnpacked(journalHead, from, Math.ceil(to / storedMs) * storedMs);
    const rows =
      storedMs === FIVE_MINUTES_MS
        ? await packed.periods("history_five_minutes", [deviceNo], dayOf(from), dayOf(to - 1))
        : await packed.periods("history_hours", [deviceNo], monthOf(from), monthOf(to - 1));
    const periodOf = storedMs === FIVE_MINUTES_MS ? dayOf : monthOf;
    const hours = hoursOf(fresh);
    const [first = Number.POSITIVE_INFINITY] = hours;
    const last = hours.at(-1) ?? first;
    const all =
      hours.length === 0
        ? fresh
        : await samples.readMerged(deviceNo, first * HOUR_MS, (last + 1) * HOUR_MS, fresh, wanted);

    /** The buckets of a stored period; those of hours with fresh samples are recomputed, as packing will do. */
    function complete(period: number, stored: RollupBlock): RollupBlock {
      let replaced = stored;
      for (const start of hours.map((hour) => hour * HOUR_MS)) {
        if (periodOf(start) !== period) continue;
        const recomputed = rollUp(sliceBlock(all, start, start + HOUR_MS), storedMs);
        replaced = replaceBuckets(replaced, start, start + HOUR_MS, recomputed);
      }
      return stepMs === DAY_MS ? coarsen(sliceRollups(replaced, from, to), DAY_MS) : replaced;
    }

    const stored = new Map(rows.map(({ period, bytes }) => [period, unpackRollups(bytes, wanted)]));
    for (const hour of hours) {
      const period = periodOf(hour * HOUR_MS);
      if (!stored.has(period)) stored.set(period, joinRollups([]));
    }
    const periods = [...stored].toSorted(([one], [other]) => one - other);
    return sliceRollups(joinRollups(periods.map(([period, block]) => complete(period, block))), from, to);
  };
}
