import { bootInstantOf, type TimedSample } from "./timed-sample.ts";

const MOST_BOOTS = 50;

/** When each boot began, as its last sample knew it. */
export type BootInstants = {
  note(record: TimedSample): void;
  of(bootId: string): number | undefined;
};

export function createBootInstants(): BootInstants {
  const instants = new Map<string, number>();
  return {
    note(record) {
      // Set anew, the newest boot stands last and the oldest first.
      instants.delete(record.bootId);
      instants.set(record.bootId, bootInstantOf(record));
      const oldest = instants.keys().next().value;
      if (instants.size > MOST_BOOTS && oldest !== undefined) instants.delete(oldest);
    },
    of: (bootId) => instants.get(bootId),
  };
}
