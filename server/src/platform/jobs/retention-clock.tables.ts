export type RetentionState = "ok" | "clock-ahead" | "clock-behind";

/** How far deletion by age has got, one row for all servers. */
export type RetentionClockTable = {
  id: number;
  /** The time as of which old data may be deleted, in epoch milliseconds; null until the first plausible run. */
  reached_at: number | null;
  /** The observed time at which `reached_at` was stored. */
  observed_ms: number;
  /** The wall clock of the server at that moment; null before the first run. */
  checked_at: number | null;
  state: RetentionState;
};

declare module "../database/tables.ts" {
  interface Tables {
    retention_clock: RetentionClockTable;
  }
}
