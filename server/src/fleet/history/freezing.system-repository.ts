import type { FrozenRange } from "./frozen-range.ts";

/** Decides which rows of the journal are packed next, and deletes them once they are. */
export type FreezingRepository = {
  /**
   * The unfinished range, otherwise a new one of rows received before `boundary` (epoch milliseconds); null when there is none. A very
   * long journal is cut even after `boundary`.
   */
  freeze(boundary: number): Promise<FrozenRange | null>;
  /** Deletes the rows of a range whose devices are all packed. If it is aborted, it continues after the next `freeze`. */
  release(range: FrozenRange, signal: AbortSignal): Promise<void>;
};
