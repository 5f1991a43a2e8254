/** The time that certainly passed, one row for all servers. */
export type ValidityClockTable = {
  id: number;
  /** Epoch milliseconds; null until the first run under a plausible clock. */
  floor_at: number | null;
  /** The observed time at which `floor_at` was stored. */
  observed_ms: number;
};

declare module "../database/tables.ts" {
  interface Tables {
    validity_clock: ValidityClockTable;
  }
}
