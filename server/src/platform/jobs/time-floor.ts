import { MAX_PLAUSIBLE_GAP_MS, MIN_PLAUSIBLE_TIME_MS } from "./retention-pace.ts";

/** A time that certainly passed, and the observed time at which that was known. */
export type StoredFloor = { floorAt: number | null; observedMs: number };

/** While the floor is behind the wall clock it catches up at this pace, so that a short wrong time does not raise it much. */
const CATCH_UP_PACE = 2;
/** While it is ahead it lets the wall clock catch up. It never stops, so that what is valid ends. */
const WAITING_PACE = 0.5;

/**
 * The floor at `now` (wall clock) and `observedNowMs`. It never goes back, and rises with the uptime only.
 *
 *   wall clock   ahead by more than a week   pace 1, as if the clock said nothing
 *                ahead                       pace 2, at most up to the wall clock
 *                behind (was set back)       pace 1/2
 */
export function raisedFloor(
  { floorAt, observedMs }: StoredFloor,
  now: number,
  observedNowMs: number,
): StoredFloor {
  if (floorAt === null) {
    return { floorAt: now >= MIN_PLAUSIBLE_TIME_MS ? now : null, observedMs: observedNowMs };
  }
  // Another server may have stored a later observed time than this one knows.
  const uptimeMs = Math.max(0, observedNowMs - observedMs);
  const risen = floorAt + Math.floor(uptimeMs * paceOf(now - floorAt));
  return {
    floorAt: Math.max(floorAt, now > floorAt ? Math.min(now, risen) : risen),
    observedMs: observedMs + uptimeMs,
  };
}

function paceOf(wallAheadMs: number): number {
  if (wallAheadMs < 0) return WAITING_PACE;
  return wallAheadMs > MAX_PLAUSIBLE_GAP_MS ? 1 : CATCH_UP_PACE;
}
