const FIRST_DELAY_MS = 30_000;
const MAX_DELAY_MS = 2 * 3_600_000;
const JITTER_RATIO = 0.2;
/** A receiver may put an attempt off by this much. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** How long a message is tried. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/**
 * Milliseconds from a failed attempt to the next one: 30 s, doubled each time up to 2 h, with 20 % of jitter; `random` is from 0 to 1. A
 * receiver that names a later time is obeyed, up to an hour.
 */
export function retryDelayMs(attempts: number, random: number, retryAfter: string | null): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), MAX_DELAY_MS);
  const jittered = delay * (1 + JITTER_RATIO * (2 * random - 1));
  const asked = /^\d{1,6}$/.test(retryAfter ?? "") ? Number(retryAfter) * 1_000 : 0;
  return Math.round(Math.max(jittered, Math.min(asked, MAX_RETRY_AFTER_MS)));
}
