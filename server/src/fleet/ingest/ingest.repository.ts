import type { IngestOutcome, ReceivedReport } from "./ingest-row.ts";

/** Stores groups of reports; the only place where SQL is written dialect by dialect. */
export type IngestRepository = {
  /** Stores a group in one transaction and tells each report's outcome, in order. */
  commit(reports: readonly ReceivedReport[]): Promise<readonly IngestOutcome[]>;
};
