import type { IngestOutcome, ReceivedReport } from "./ingest-row.ts";

/** Stores groups of reports, with SQL written for each dialect. */
export type IngestRepository = {
  /** Stores a group in one transaction and returns the outcome of each report, in order. */
  commit(reports: readonly ReceivedReport[]): Promise<readonly IngestOutcome[]>;
};
