/**
 * The state of one level of a rule for one instance. Normal has none.
 *
 *             violates              held for its duration, may open
 *   Normal ------------> Pending ----------------------------------> Firing <---------+
 *     ^                     |                                          | is clear     | is not clear
 *     +--- violates no more +                                          v              |
 *     +------------------------- clear for its duration ----------- Recovering -------+
 *
 * Durations count in observed time. `since` is observed time, `at` the wall time of the same moment.
 */
export type LevelState = PendingLevel | OpenLevel;

export type PendingLevel = {
  s: "pending";
  since: number;
  at: number;
  /** Observed time of the newest value. */
  last: number;
  /** Violating values since `since`. */
  count: number;
  /** Width of a bucket in milliseconds. */
  width: number;
  /** Values by bucket, without the empty ones: number of the bucket since `since`, violating values, all values. */
  buckets: readonly (readonly [number, number, number])[];
  isQuiet?: true;
};

export type OpenLevel = {
  s: "firing" | "recovering";
  since: number;
  at: number;
  /** Violating values since then. */
  count: number;
  /** Of a recovering one: observed time since which it is clear, and of the newest value. */
  clearSince?: number;
  last?: number;
  /** True for a violation that began before the rule: nobody is told. */
  isQuiet?: true;
};

/** How long and how often a condition must hold. */
export type Duration = {
  forMs: number;
  /** Percent of the values within `forMs` that must violate. */
  share: number;
  clearForMs: number;
  /** Values that a duration needs at least. */
  minValues: number;
};

/** One value as a level sees it. */
export type Finding = {
  violates: boolean;
  /** False for a violating value and for one that has not passed the clear level. */
  isClear: boolean;
  /** Observed time. */
  now: number;
  /** Wall time of the same. */
  at: number;
  /** Between two values that are further apart, nothing is known; null where the condition is known at all times. */
  maxGapMs: number | null;
  /** False while nothing may begin to fire: outside the active hours, during the cooldown. */
  mayOpen: boolean;
  /** What begins now began before the rule. */
  isQuiet: boolean;
};

export const BUCKETS = 12;

/** The next state; null for normal. Pure. */
export function nextLevelState(
  state: LevelState | null,
  finding: Finding,
  duration: Duration,
): LevelState | null {
  if (state === null || state.s === "pending") return nextPending(state, finding, duration);
  return nextOpen(state, finding, duration);
}

function nextPending(state: PendingLevel | null, finding: Finding, duration: Duration): LevelState | null {
  const { violates, now } = finding;
  const known = state !== null && isKnownSince(state.last, finding, duration.forMs) ? state : null;
  if (!violates && (known === null || duration.share >= 100)) return null;
  const counted = countValue(known ?? startPending(finding, duration, state), finding);
  if (!counted.buckets.some(([, violating]) => violating > 0)) return null;
  if (!violates || !finding.mayOpen || !hasHeld(counted, now, duration)) return counted;
  const { since, at, count, isQuiet } = counted;
  return { s: "firing", since, at, count, ...(isQuiet && { isQuiet }) };
}

/** False after a gap of which nothing is known: the duration begins again. */
function isKnownSince(last: number, { now, maxGapMs }: Finding, durationMs: number): boolean {
  return maxGapMs === null || now - last <= Math.max(durationMs, maxGapMs);
}

function startPending(
  { now, at, maxGapMs, isQuiet }: Finding,
  { forMs }: Duration,
  before: PendingLevel | null,
): PendingLevel {
  // A device that reports less often than the duration still has more than one value in its window.
  const windowMs = Math.max(forMs, maxGapMs ?? 0);
  return {
    s: "pending",
    since: now,
    at,
    last: now,
    count: 0,
    width: Math.max(1, Math.ceil(windowMs / BUCKETS)),
    buckets: [],
    ...((isQuiet || before?.isQuiet === true) && { isQuiet: true }),
  };
}

function countValue(state: PendingLevel, { now, violates }: Finding): PendingLevel {
  const current = bucketOf(state, now);
  const kept = state.buckets.filter(([index]) => index > current - BUCKETS && index !== current);
  const [, violating, all] = state.buckets.find(([index]) => index === current) ?? [current, 0, 0];
  return {
    ...state,
    last: now,
    count: state.count + (violates ? 1 : 0),
    buckets: [...kept, [current, violating + (violates ? 1 : 0), all + 1]],
  };
}

/** Number of the bucket of a value that came at `now`. */
export function bucketOf({ since, width }: Pick<PendingLevel, "since" | "width">, now: number): number {
  return Math.floor((now - since) / width);
}

function hasHeld(state: PendingLevel, now: number, { forMs, share, minValues }: Duration): boolean {
  if (now - state.since < forMs) return false;
  const all = state.buckets.reduce((sum, [, , count]) => sum + count, 0);
  const needed = forMs === 0 ? 1 : minValues;
  return all >= needed && violatingOf(state) * 100 >= share * all;
}

function violatingOf({ buckets }: PendingLevel): number {
  return buckets.reduce((sum, [, violating]) => sum + violating, 0);
}

function nextOpen(state: OpenLevel, finding: Finding, { clearForMs }: Duration): OpenLevel | null {
  const { clearSince, last, ...open } = state;
  if (!finding.isClear) {
    return { ...open, s: "firing", count: open.count + (finding.violates ? 1 : 0) };
  }
  const isKnown = last !== undefined && isKnownSince(last, finding, clearForMs);
  const since = isKnown && clearSince !== undefined ? clearSince : finding.now;
  if (finding.now - since >= clearForMs) return null;
  return { ...open, s: "recovering", clearSince: since, last: finding.now };
}
