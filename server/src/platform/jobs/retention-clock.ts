import type { Clock } from "../clock.ts";
import type { Logger } from "../logging/logger.ts";
import type { Job } from "./job.ts";
import type { RetentionClockRow } from "./retention-clock.system-repository.ts";
import type { RetentionState } from "./retention-clock.tables.ts";
import { paced, type StoredRetention } from "./retention-pace.ts";

/**
 * The clock of every job that deletes or expires data by age. It follows the wall clock, but passes at most two days per day of
 * uptime, and stops following a clock that is implausible, so that a wrong clock cannot delete what is not due.
 */
export type RetentionClock = {
  /** Reads the stored progress, without writing anything. Call it before the jobs start. */
  load(): Promise<void>;
  /** Stores the progress. Returns the time as of which old data may be deleted, never later than the wall clock; null for none. */
  advance(): Promise<number | null>;
  /**
   * The time for expiry that cannot be undone, without storing anything: the wall clock, or the time reached while the clock is
   * implausible.
   */
  expiryTime(): number;
  /** Advances the clock regularly, so that it knows the uptime. Runs on every server. */
  job: Job;
  /** For the metrics of this server. */
  isHeld(): boolean;
  /** How far the wall clock is ahead of the time reached, in seconds. */
  lagS(): number;
};

const ADVANCE_INTERVAL_MS = 10_000;

export type RetentionClockDeps = {
  row: RetentionClockRow;
  clock: Clock;
  /** The time during which at least one server of this database was running, measured by monotonic clocks. */
  observedMs: () => number;
  log: Logger;
};

export function createRetentionClock({ row, clock, observedMs, log }: RetentionClockDeps): RetentionClock {
  let known: StoredRetention | null = null;
  let reported: RetentionState = "ok";

  const progressOf = (stored: StoredRetention) => paced(stored, clock.now(), observedMs());

  function deletableUntil({ reachedAt }: StoredRetention): number | null {
    return reachedAt === null ? null : Math.min(reachedAt, clock.now());
  }

  async function advance(): Promise<number | null> {
    known = await row.update(progressOf);
    reportChange(known);
    return deletableUntil(known);
  }

  function reportChange(progress: StoredRetention): void {
    if (progress.state === reported) return;
    reported = progress.state;
    if (progress.state === "ok") log.info("The clock is plausible again. Deletion by age goes on");
    else log.warn(describeHeldRetention(progress));
  }

  const current = () => known && progressOf(known);

  return {
    async load() {
      known = await row.read();
    },
    advance,
    expiryTime() {
      const progress = current();
      if (progress === null) return 0;
      return progress.state === "ok" ? clock.now() : (deletableUntil(progress) ?? 0);
    },
    job: {
      name: "retention-clock",
      everyMs: ADVANCE_INTERVAL_MS,
      isPerServer: true,
      run: async () => void (await advance()),
    },
    isHeld: () => (current()?.state ?? "ok") !== "ok",
    lagS: () => {
      const reachedAt = current()?.reachedAt ?? null;
      return reachedAt === null ? 0 : (clock.now() - reachedAt) / 1000;
    },
  };
}

/** Sentences for the log and for the command line: why nothing is deleted by age, and what to do. */
export function describeHeldRetention({ state, reachedAt, checkedAt }: StoredRetention): string {
  const clockText = checkedAt === null ? "not set" : new Date(checkedAt).toISOString();
  const reachedText = reachedAt === null ? "unknown" : new Date(reachedAt).toISOString();
  const direction = state === "clock-ahead" ? "ahead of" : "behind";
  return (
    `Deletion by age is held: the server's clock (${clockText}) is far ${direction} the time that passed for this database ` +
    `(${reachedText}). If the clock is wrong, set it. If it is right, run "muster retention confirm"`
  );
}
