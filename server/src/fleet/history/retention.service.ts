import { setImmediate } from "node:timers/promises";
import type { HistoryTable, RetentionRepository } from "./retention.system-repository.ts";
import { DAY_MS, dayOf, hourOf, monthOf } from "./period.ts";

/**
 * Days for which each kind of history is kept. `rawDays` must outlast the latest sample that is accepted: its hour is rolled up
 * again from all its samples.
 */
export type HistoryRetention = { rawDays: number; fiveMinuteDays: number; hourDays: number };

/** A month is deleted as a whole, and the time at which an instance was seen last may be two days old. */
const DAYS_BEHIND = 33;

export type RetentionService = {
  /** Deletes history that is older than its retention, in short transactions. */
  expire(now: number, signal: AbortSignal): Promise<void>;
};

export function createRetentionService(
  repository: RetentionRepository,
  { rawDays, fiveMinuteDays, hourDays }: HistoryRetention,
): RetentionService {
  return {
    async expire(now, signal) {
      const rawSince = now - rawDays * DAY_MS;
      const oldest: [HistoryTable, number][] = [
        ["history_segments", hourOf(rawSince)],
        ["history_days", dayOf(rawSince)],
        ["history_five_minutes", dayOf(now - fiveMinuteDays * DAY_MS)],
        ["history_hours", monthOf(now - hourDays * DAY_MS)],
      ];
      for (const [table, period] of oldest) {
        while (!signal.aborted && (await repository.deleteSome(table, period)) > 0) await setImmediate();
      }
      // The number of an instance is free again once nothing is stored under it.
      const longestDays = Math.max(rawDays, fiveMinuteDays, hourDays);
      const instancesSince = now - (longestDays + DAYS_BEHIND) * DAY_MS;
      while (!signal.aborted && (await repository.deleteInstances(instancesSince)) > 0) await setImmediate();
    },
  };
}
