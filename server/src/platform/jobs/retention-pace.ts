import type { RetentionState } from "./retention-clock.tables.ts";

const DAY_MS = 86_400_000;

/** Data of at most this much time is deleted per time that a server runs, while deletion catches up with the clock. */
const MAX_DATA_PER_UPTIME = 2;
/** A greater difference between the clock and the time reached is not caught up without a confirmation. */
export const MAX_PLAUSIBLE_GAP_MS = 7 * DAY_MS;
/** No clock of a running server is right before this program was written. */
export const MIN_PLAUSIBLE_TIME_MS = Date.UTC(2026, 0, 1);

/** How far deletion by age has got: see the table of the same name. */
export type StoredRetention = {
  reachedAt: number | null;
  observedMs: number;
  checkedAt: number | null;
  state: RetentionState;
};

/**
 * The progress as of `now` and `observedMs`. The time reached passes with the uptime. It catches up with a clock that is a little
 * ahead, and ignores a clock that is far off.
 *
 *   ok --the gap grows beyond a week--> clock-ahead | clock-behind --the clock is set right, or confirmed--> ok
 */
export function paced(
  { reachedAt, observedMs }: StoredRetention,
  now: number,
  observedNowMs: number,
): StoredRetention {
  if (reachedAt === null) {
    const base = { observedMs: observedNowMs, checkedAt: now };
    return now < MIN_PLAUSIBLE_TIME_MS
      ? { ...base, reachedAt: null, state: "clock-behind" }
      : { ...base, reachedAt: now, state: "ok" };
  }
  // Another server may have stored a later observed time than this one knows.
  const uptimeMs = Math.max(0, observedNowMs - observedMs);
  const base = { observedMs: observedMs + uptimeMs, checkedAt: now };
  const expectedAt = reachedAt + uptimeMs;
  if (Math.abs(now - expectedAt) > MAX_PLAUSIBLE_GAP_MS) {
    const state = now > expectedAt ? "clock-ahead" : "clock-behind";
    return { ...base, reachedAt: expectedAt, state };
  }
  const caughtUpAt = reachedAt + uptimeMs * MAX_DATA_PER_UPTIME;
  return { ...base, reachedAt: Math.min(now, caughtUpAt), state: "ok" };
}

/** An administrator confirmed that the clock is right. */
export function confirmed(stored: StoredRetention, now: number): StoredRetention {
  return { ...stored, reachedAt: now, checkedAt: now, state: "ok" };
}
