import type { Sample } from "@muster/shared/contracts/metric.ts";

/** A sample with its time since boot, so that its instant can be corrected when the wall clock was wrong. */
export type TimedSample = { bootId: string; sinceBootMs: number; sample: Sample };

/** The boot that runs now, and the wall clock's reading at a moment of it. */
export type Present = { bootId: string; sinceBootMs: number; wallMs: number };

/** Steps of the wall clock below this are not worth moving a sample for. */
const TOLERANCE_MS = 2000;

/** Wall time at which the boot began, by this sample's clock. */
function bootInstantOf({ sample, sinceBootMs }: TimedSample): number {
  return sample.at - sinceBootMs;
}

/**
 * The sample in terms of the clock as it was known last: of this boot now, of an older boot at its last sample
 * (`lastBootInstantMs`).
 */
export function mapToClock(timed: TimedSample, now: Present, lastBootInstantMs: number | undefined): Sample {
  const isThisBoot = timed.bootId === now.bootId;
  const bootInstantMs = isThisBoot ? now.wallMs - now.sinceBootMs : lastBootInstantMs;
  if (bootInstantMs === undefined) return timed.sample;
  const shiftMs = bootInstantMs - bootInstantOf(timed);
  if (Math.abs(shiftMs) <= TOLERANCE_MS) return timed.sample;
  return { ...timed.sample, at: Math.max(0, Math.round(timed.sample.at + shiftMs)) };
}

const MAX_BOOTS = 50;

/** When each boot began, as its last sample knew it. */
type BootInstants = {
  note(record: TimedSample): void;
  of(bootId: string): number | undefined;
};

export function createBootInstants(): BootInstants {
  const instants = new Map<string, number>();
  return {
    note(record) {
      // Set again, so that the newest boot is last and the oldest first.
      instants.delete(record.bootId);
      instants.set(record.bootId, bootInstantOf(record));
      const oldest = instants.keys().next().value;
      if (instants.size > MAX_BOOTS && oldest !== undefined) instants.delete(oldest);
    },
    of: (bootId) => instants.get(bootId),
  };
}
