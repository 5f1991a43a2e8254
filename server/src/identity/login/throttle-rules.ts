const MINUTE_MS = 60_000;

/** How one counter of failed attempts turns into a delay. */
type Rule = { freeFailures: number; firstDelayMs: number; maxDelayMs: number };

const STRICT: Rule = { freeFailures: 5, firstDelayMs: 1000, maxDelayMs: 15 * MINUTE_MS };

/**
 * - pair: one account from one address. Strict, because guessing shows here.
 * - address: any account from one address.
 * - account: one account from anywhere. Never delayed by itself; see `MIN_FAILURES_UNDER_ATTACK`.
 * - browser: one account from a browser that signed in to it before. Takes the place of the other three.
 * - change: the current password, asked of a user who is signed in.
 */
export const THROTTLE_RULES = {
  account: { freeFailures: Number.POSITIVE_INFINITY, firstDelayMs: 0, maxDelayMs: 0 },
  address: { freeFailures: 30, firstDelayMs: 1000, maxDelayMs: MINUTE_MS },
  pair: STRICT,
  browser: STRICT,
  change: STRICT,
} as const satisfies Record<string, Rule>;

/**
 * From this many failures on, from any addresses, an address has only one free attempt for the account and longer delays. The account
 * itself is never locked: its owner still signs in from other addresses, and from known browsers as always.
 */
export const MIN_FAILURES_UNDER_ATTACK = 50;
const RULE_UNDER_ATTACK: Rule = { freeFailures: 1, firstDelayMs: 30_000, maxDelayMs: 60 * MINUTE_MS };

/** A counter without a new failure for this time starts again. Longer than the longest delay. */
export const FAILURE_MEMORY_MS = 2 * 60 * MINUTE_MS;

export type ThrottleKind = keyof typeof THROTTLE_RULES;

/** Delay in milliseconds after the `failures`th failure: none at first, then doubling up to a limit. */
export function delayAfter(
  kind: ThrottleKind,
  failures: number,
  { accountFailures }: { accountFailures: number },
): number {
  const isTightened = kind === "pair" && accountFailures >= MIN_FAILURES_UNDER_ATTACK;
  const rule = isTightened ? RULE_UNDER_ATTACK : THROTTLE_RULES[kind];
  const beyond = failures - rule.freeFailures;
  if (beyond < 0) return 0;
  return Math.min(rule.maxDelayMs, rule.firstDelayMs * 2 ** Math.min(beyond, 30));
}
