const MINUTE_MS = 60_000;

/** How one counter of failed logins turns into a delay. */
type Rule = { freeFailures: number; firstDelayMs: number; maxDelayMs: number };

/**
 * - pair: one account from one address. Strict, because guessing shows here.
 * - address: any account from one address.
 * - account: one account from anywhere. Never delayed by itself; see `MIN_FAILURES_UNDER_ATTACK`.
 */
export const THROTTLE_RULES = {
  account: { freeFailures: Number.POSITIVE_INFINITY, firstDelayMs: 0, maxDelayMs: 0 },
  address: { freeFailures: 30, firstDelayMs: 1000, maxDelayMs: MINUTE_MS },
  pair: { freeFailures: 5, firstDelayMs: 1000, maxDelayMs: 15 * MINUTE_MS },
} as const satisfies Record<string, Rule>;

/**
 * From this many failures on, from any addresses, an address that never signed in to the account has only one free attempt and longer
 * delays. The account itself is never locked, so a stranger cannot lock out its owner.
 */
export const MIN_FAILURES_UNDER_ATTACK = 50;
const RULE_UNDER_ATTACK: Rule = { freeFailures: 1, firstDelayMs: 30_000, maxDelayMs: 60 * MINUTE_MS };

/** A counter without a new failure for this time starts again. Longer than the longest delay. */
export const FAILURE_MEMORY_MS = 2 * 60 * MINUTE_MS;
/** For this time after a sign-in, the address counts as known for the account. */
export const KNOWN_ADDRESS_MS = 30 * 24 * 60 * MINUTE_MS;

export type ThrottleKind = keyof typeof THROTTLE_RULES;

/** Delay in milliseconds after the `failures`th failure: none at first, then doubling up to a limit. */
export function delayAfter(
  kind: ThrottleKind,
  failures: number,
  context: { accountFailures: number; isKnownAddress: boolean },
): number {
  const isTightened =
    kind === "pair" && !context.isKnownAddress && context.accountFailures >= MIN_FAILURES_UNDER_ATTACK;
  const rule = isTightened ? RULE_UNDER_ATTACK : THROTTLE_RULES[kind];
  // Failures of a colleague at the same address must not block users who are known there.
  if (kind === "address" && context.isKnownAddress) return 0;
  const beyond = failures - rule.freeFailures;
  if (beyond < 0) return 0;
  return Math.min(rule.maxDelayMs, rule.firstDelayMs * 2 ** Math.min(beyond, 30));
}
