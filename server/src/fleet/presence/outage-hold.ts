/** A suspected outage: many devices stopped reporting at the same time. They are not called offline yet. */
export type OutageHold = {
  /** Wall time at which it was detected. */
  since: number;
  /** Observed time from which on missed reports are attributed to it. */
  missedFrom: number;
  /** Observed time at which it was detected. */
  detectedAt: number;
  /** How many devices were missing then. */
  devices: number;
  /** Observed time since when fewer are missing than a new outage needs; null while there are as many. */
  returningSince: number | null;
};

/** A device that missed a report without saying why. */
export type MissingDevice = {
  /** Observed time at which its first missed report was due. */
  missedAt: number;
  intervalS: number;
  /** It is no longer online. */
  isLate: boolean;
};

const OUTAGE_WINDOW_MS = 2 * 60_000;
/** After this time the devices are offline, whatever the cause. */
export const MAX_OUTAGE_HOLD_MS = 3_600_000;
/** When most devices are back, the others have this time to report as well. */
export const OUTAGE_RETURN_MS = 10 * 60_000;
/**
 * Intervals without a report after which a device counts as missing. When the first one of several that stopped together is late, after 2.5
 * intervals, the last one is one interval behind it.
 */
export const MISSING_AFTER_INTERVALS = 1.5;

/** How many of the connected devices of an organization have to be missing: five and a fifth. */
export function organizationThreshold(connected: number): number {
  return Math.max(5, Math.ceil(connected / 5));
}

/** How many of the connected devices of a site have to be missing: three and more than half. */
export function siteThreshold(connected: number): number {
  return Math.max(3, Math.floor(connected / 2) + 1);
}

export type OutageInput = {
  hold: OutageHold | null;
  missing: readonly MissingDevice[];
  /** How many have to be missing. */
  threshold: number;
  observedNow: number;
  now: number;
};

/** Starts, keeps or ends a hold. Returns the given object while nothing about it changes. */
export function updateOutageHold(input: OutageInput): OutageHold | null {
  const { hold, missing, threshold, observedNow, now } = input;
  if (hold) return continued(hold, input);
  const first = firstOfOutage(missing, threshold);
  if (first === null) return null;
  const { missedAt: missedFrom } = first;
  const devices = missing.filter(({ missedAt }) => missedAt >= missedFrom).length;
  return { since: now, missedFrom, detectedAt: observedNow, devices, returningSince: null };
}

function continued(
  hold: OutageHold,
  { missing, threshold, observedNow }: Omit<OutageInput, "hold">,
): OutageHold | null {
  const stillMissing = missing.filter(({ missedAt }) => missedAt >= hold.missedFrom).length;
  if (stillMissing === 0) return null;
  if (stillMissing >= threshold)
    return hold.returningSince === null ? hold : { ...hold, returningSince: null };
  if (hold.returningSince === null) return { ...hold, returningSince: observedNow };
  return observedNow - hold.returningSince < OUTAGE_RETURN_MS ? hold : null;
}

/** True while `hold` keeps a device that missed its first report at `missedAt` from being called offline. */
export function isHeldByOutage(hold: OutageHold | null, missedAt: number, observedNow: number): boolean {
  return hold !== null && missedAt >= hold.missedFrom && observedNow - hold.detectedAt < MAX_OUTAGE_HOLD_MS;
}

/**
 * The first of as many devices as are needed that stopped reporting at the same time, one of which is late by now; null when there are none.
 * Devices that stop together miss their next reports within an interval of each other.
 */
function firstOfOutage(missing: readonly MissingDevice[], threshold: number): MissingDevice | null {
  const sorted = missing.toSorted((a, b) => a.missedAt - b.missedAt);
  let late = 0;
  for (const [index, last] of sorted.entries()) {
    if (last.isLate) late += 1;
    if (sorted[index - threshold]?.isLate) late -= 1;
    const first = sorted[index - threshold + 1];
    if (!first || late === 0) continue;
    if (last.missedAt - first.missedAt <= OUTAGE_WINDOW_MS + last.intervalS * 1000) return first;
  }
  return null;
}
