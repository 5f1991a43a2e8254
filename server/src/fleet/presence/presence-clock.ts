import type { Clock } from "../../platform/clock.ts";

/** Where the presence clock is kept between servers and restarts. */
export type PresenceClockRow = {
  read(): Promise<number>;
  /** Raises the row to at least `observedMs` and returns what it is then. */
  advance(observedMs: number): Promise<number>;
};

/**
 * The time axis of presence: milliseconds during which at least one server was watching, since the database was made. It
 * stands still while none is, and knows no wall clock, so ages on it count nothing that nobody could have seen.
 */
export type PresenceClock = {
  now(): number;
  /** Writes down that this server still watches, and takes over what others wrote. Every `TICK_MS`. */
  tick(): Promise<void>;
  /** Takes over what another server wrote, read elsewhere. */
  note(observedMs: number): void;
};

export const TICK_MS = 5_000;
/** What lies between two ticks that are further apart is a gap: this process slept, hung, or lost its database. */
const LONGEST_BETWEEN_TICKS_MS = 3 * TICK_MS;

/** Takes up the presence clock where the row says it stopped. */
export async function startPresenceClock({
  row,
  clock,
}: {
  row: PresenceClockRow;
  clock: Clock;
}): Promise<PresenceClock> {
  let observedMs = await row.read();
  let since = clock.monotonic();

  function at(monotonic: number): number {
    return observedMs + Math.max(0, Math.min(monotonic - since, LONGEST_BETWEEN_TICKS_MS));
  }

  function takeOver(newer: number, monotonic: number): void {
    observedMs = newer;
    since = monotonic;
  }

  return {
    now: () => Math.floor(at(clock.monotonic())),
    note(newer) {
      const monotonic = clock.monotonic();
      if (newer > at(monotonic)) takeOver(newer, monotonic);
    },
    async tick() {
      const monotonic = clock.monotonic();
      const reached = Math.floor(at(monotonic));
      const written = await row.advance(reached);
      takeOver(Math.max(reached, written), monotonic);
    },
  };
}
