const DRIFT_MS = 5 * 60_000;

/**
 * Keeps the first answer for an instant that systems compute from a drifting clock, so that the inventory does not seem to change
 * each day by a second. A difference of more than five minutes is a real one.
 */
export function createSteadyInstant(): (instantMs: number) => number {
  let kept: number | undefined;
  return (instantMs) => {
    if (kept === undefined || Math.abs(instantMs - kept) > DRIFT_MS) kept = instantMs;
    return kept;
  };
}
