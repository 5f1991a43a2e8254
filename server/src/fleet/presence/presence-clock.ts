import type { Clock } from "../../platform/clock.ts";
import type { Job } from "../../platform/jobs/job.ts";

/** The presence clock as it is stored, for all servers and restarts. */
export type PresenceClockRow = {
  /**
   * Raises the row to at least `observedMs` and returns what it is then. When the last tick of any server is too long before the wall time
   * `now`, the time between is stored as one in which no server ran.
   */
  advance(observedMs: number, now: number): Promise<number>;
};

/**
 * The clock of presence: observed time, the milliseconds during which at least one server was running since the database was created.
 * It stops while no server runs and ignores the wall clock, so a device does not age while no server could receive its reports.
 */
export type PresenceClock = {
  now(): number;
  /**
   * Observed time at which this server began to run, or went on after it slept or hung. What reaches it first may have waited since
   * before that.
   */
  gapEndedAt(): number;
  /** Stores the observed time of this server, and adopts a later one of other servers. Every `TICK_MS`. */
  tick(): Promise<void>;
  /** Adopts the observed time that another server stored, if it is later. */
  adopt(observedMs: number): void;
};

export const TICK_MS = 5_000;
/** A longer time between two ticks does not count: this process slept, hung, or lost its database. */
export const MAX_TICK_GAP_MS = 3 * TICK_MS;

/** Starts the presence clock at the stored time. */
export async function startPresenceClock({
  row,
  clock,
}: {
  row: PresenceClockRow;
  clock: Clock;
}): Promise<PresenceClock> {
  let observedMs = await row.advance(0, clock.now());
  let since = clock.monotonic();
  let wallSince = clock.now();
  let gapEndedMs = observedMs;

  function at(monotonic: number): number {
    return observedMs + Math.max(0, Math.min(monotonic - since, MAX_TICK_GAP_MS));
  }

  /** The monotonic clock stops while the machine sleeps, the wall clock does not. */
  function isInGap(monotonic: number): boolean {
    const goneMs = Math.max(monotonic - since, clock.now() - wallSince);
    return goneMs > MAX_TICK_GAP_MS;
  }

  function set(newer: number, monotonic: number): void {
    if (isInGap(monotonic)) gapEndedMs = newer;
    observedMs = newer;
    since = monotonic;
    wallSince = clock.now();
  }

  return {
    now: () => Math.floor(at(clock.monotonic())),
    gapEndedAt() {
      const monotonic = clock.monotonic();
      return isInGap(monotonic) ? Math.floor(at(monotonic)) : gapEndedMs;
    },
    adopt(newer) {
      const monotonic = clock.monotonic();
      if (newer > at(monotonic)) set(newer, monotonic);
    },
    async tick() {
      const monotonic = clock.monotonic();
      const reached = Math.floor(at(monotonic));
      const written = await row.advance(reached, clock.now());
      set(Math.max(reached, written), monotonic);
    },
  };
}

/** Runs on every server. */
export function createPresenceClockJob(presenceClock: PresenceClock): Job {
  return {
    name: "fleet-presence-clock",
    everyMs: TICK_MS,
    isPerServer: true,
    run: () => presenceClock.tick(),
  };
}
