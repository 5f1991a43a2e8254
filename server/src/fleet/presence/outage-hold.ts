/** A suspected outage: a fifth of an organization stopped reporting within two minutes. Its devices are not called offline yet. */
export type OutageHold = {
  /** Wall time at which it was detected. */
  since: number;
  /** Observed time from which on missed reports are attributed to it. */
  missedFrom: number;
  /** Observed time at which it was detected. */
  detectedAt: number;
};

const OUTAGE_WINDOW_MS = 2 * 60_000;
const MIN_OUTAGE_DEVICES = 5;
const OUTAGE_SHARE = 1 / 5;
/** After this time the devices are offline, whatever the cause. */
export const MAX_OUTAGE_HOLD_MS = 3_600_000;

export type OutageInput = {
  hold: OutageHold | null;
  /** Observed times at which devices that are late without a last word missed their first report. */
  missedAt: readonly number[];
  /** Devices that are online or late without a last word. */
  connected: number;
  observedNow: number;
  now: number;
};

/** Starts, keeps or ends the hold of an organization. Returns the given object while it continues. */
export function updateOutageHold({
  hold,
  missedAt,
  connected,
  observedNow,
  now,
}: OutageInput): OutageHold | null {
  const threshold = Math.max(MIN_OUTAGE_DEVICES, Math.ceil(connected * OUTAGE_SHARE));
  if (hold) {
    const stillMissing = missedAt.filter((at) => at >= hold.missedFrom).length;
    return stillMissing >= threshold ? hold : null;
  }
  const missedFrom = outageStart(missedAt, threshold);
  return missedFrom === null ? null : { since: now, missedFrom, detectedAt: observedNow };
}

/** True while `hold` keeps a device that missed its first report at `missedAt` from being called offline. */
export function isHeldByOutage(hold: OutageHold | null, missedAt: number, observedNow: number): boolean {
  return hold !== null && missedAt >= hold.missedFrom && observedNow - hold.detectedAt < MAX_OUTAGE_HOLD_MS;
}

function outageStart(missedAt: readonly number[], threshold: number): number | null {
  const sorted = missedAt.toSorted((a, b) => a - b);
  for (const [index, last] of sorted.entries()) {
    const first = sorted[index - threshold + 1];
    if (first !== undefined && last - first <= OUTAGE_WINDOW_MS) return first;
  }
  return null;
}
