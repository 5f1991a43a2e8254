/** Attempts of one request, the first included. */
export const MAX_ATTEMPTS = 3;
const FIRST_DELAY_MS = 1000;
const FACTOR = 2;
const LONGEST_DELAY_MS = 60_000;
const JITTER_SPAN = 0.5;

/**
 * Milliseconds to wait before attempt `attempt + 1` (attempts count from 1): 1 s, doubled each time, at most 60 s, times a
 * jitter of 0.75 to 1.25. `random` gives 0 <= x < 1.
 */
export function retryDelayMs(attempt: number, random: () => number): number {
  const base = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * FACTOR ** (attempt - 1));
  return base * (1 + (random() - 0.5) * JITTER_SPAN);
}
