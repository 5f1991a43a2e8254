/** What a fifth of an organization that goes silent at once is called until it is known to be so many separate faults. */
export type OutageHold = {
  /** Wall time at which it was noticed. */
  since: number;
  /** Watch time from which on missed reports are put down to it. */
  silentFrom: number;
  /** Watch time at which it was noticed. */
  noticedAt: number;
};

const AT_ONCE_MS = 2 * 60_000;
const LEAST_DEVICES = 5;
const SHARE = 1 / 5;
/** After this long the truth is that they are offline, whatever the cause. */
export const LONGEST_HOLD_MS = 3_600_000;

export type OutageInput = {
  hold: OutageHold | null;
  /** Watch times at which devices that are late and said no last word missed their first report. */
  missedAt: readonly number[];
  /** Devices that are online or late without a last word. */
  connected: number;
  watchNow: number;
  now: number;
};

/** Starts, keeps or ends the hold of an organization. Returns the given one, unchanged, while it lasts. */
export function followOutage({ hold, missedAt, connected, watchNow, now }: OutageInput): OutageHold | null {
  const threshold = Math.max(LEAST_DEVICES, Math.ceil(connected * SHARE));
  if (hold) {
    const stillSilent = missedAt.filter((at) => at >= hold.silentFrom).length;
    return stillSilent >= threshold ? hold : null;
  }
  const silentFrom = beginOfSilence(missedAt, threshold);
  return silentFrom === null ? null : { since: now, silentFrom, noticedAt: watchNow };
}

/** True while `hold` keeps a device that missed its first report at `missedAt` from being called offline. */
export function isHeldBack(hold: OutageHold | null, missedAt: number, watchNow: number): boolean {
  return hold !== null && missedAt >= hold.silentFrom && watchNow - hold.noticedAt < LONGEST_HOLD_MS;
}

function beginOfSilence(missedAt: readonly number[], threshold: number): number | null {
  const sorted = missedAt.toSorted((a, b) => a - b);
  for (const [index, last] of sorted.entries()) {
    const first = sorted[index - threshold + 1];
    if (first !== undefined && last - first <= AT_ONCE_MS) return first;
  }
  return null;
}
