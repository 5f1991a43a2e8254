import type { Sample } from "@muster/shared/contracts/metric.ts";
import { encodeSamples } from "./journal-codec.ts";
import type { InstanceNumbers } from "./labelled-value.ts";

/**
 * What ingest appends for one report that carries samples: in the lane `live` one, in `backfill` many. Their times are already
 * corrected by the device's clock offset and within range; oldest first, at least one.
 */
export type JournalEntry = {
  deviceNo: number;
  receivedAt: number;
  samples: readonly [Sample, ...Sample[]];
  /** The numbers under which the device's labelled series are stored. */
  instances?: InstanceNumbers | undefined;
  /** Seconds until the next report, as the agent planned it when it took the sample; unknown for backfill. */
  intervalS?: number | undefined;
  /** `device_state.journal_head` before this report: the id of the device's newest row, null for its first. */
  previous: number | null;
};

/** A row of the table `journal`. `at` is the time of the first sample. Ids are never used twice. */
export type JournalRow = {
  id: number;
  device_no: number;
  at: number;
  received_at: number;
  previous: number | null;
  samples: Buffer;
};

/** A row without its id. */
export function journalRow({
  deviceNo,
  receivedAt,
  samples,
  instances,
  intervalS,
  previous,
}: JournalEntry): Omit<JournalRow, "id"> {
  return {
    device_no: deviceNo,
    at: samples[0].at,
    received_at: receivedAt,
    previous,
    samples: encodeSamples(samples, { instances, intervalS }),
  };
}
