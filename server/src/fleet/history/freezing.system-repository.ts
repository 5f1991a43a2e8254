import type { FrozenRange } from "./frozen-range.ts";

/** Decides which rows of the journal are packed next, and deletes them once they are. */
export type FreezingRepository = {
  /**
   * The range whose packing was begun and not ended; else a new one of rows received before `boundary` (epoch milliseconds);
   * null when there is none. A journal that grew very long is cut even after `boundary`.
   */
  freeze(boundary: number): Promise<FrozenRange | null>;
  /** Deletes the rows of a range whose devices are all packed. Goes on at the next `freeze` when it is aborted. */
  release(range: FrozenRange, signal: AbortSignal): Promise<void>;
};
