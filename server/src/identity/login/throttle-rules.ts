const MINUTE_MS = 60_000;

/** How one counter of failed logins turns into waiting. */
type Rule = { freeFailures: number; firstDelayMs: number; maxDelayMs: number };

/**
 * - pair: one account from one address. Strict: this is where guessing shows.
 * - address: any account from one address.
 * - account: one account from anywhere. It only counts; see `ACCOUNT_UNDER_ATTACK`.
 */
export const THROTTLE_RULES = {
  account: { freeFailures: Number.POSITIVE_INFINITY, firstDelayMs: 0, maxDelayMs: 0 },
  address: { freeFailures: 30, firstDelayMs: 1000, maxDelayMs: MINUTE_MS },
  pair: { freeFailures: 5, firstDelayMs: 1000, maxDelayMs: 15 * MINUTE_MS },
} as const satisfies Record<string, Rule>;

/**
 * From so many failures on, whatever the addresses, each address that never signed in to the account has one free try only and
 * longer waits. The account itself is never locked: a stranger cannot keep its owner out.
 */
export const MIN_FAILURES_UNDER_ATTACK = 50;
const RULE_UNDER_ATTACK: Rule = { freeFailures: 1, firstDelayMs: 30_000, maxDelayMs: 60 * MINUTE_MS };

/** A counter that nothing was added to for so long starts again. Longer than the longest wait. */
export const FAILURE_MEMORY_MS = 2 * 60 * MINUTE_MS;
/** For so long an address that signed in to an account counts as known to it. */
export const KNOWN_ADDRESS_MS = 30 * 24 * 60 * MINUTE_MS;

export type ThrottleKind = keyof typeof THROTTLE_RULES;

/** Milliseconds to wait after the `failures`th failure: nothing at first, then doubling up to a limit. */
export function delayAfter(
  kind: ThrottleKind,
  failures: number,
  context: { accountFailures: number; isKnownAddress: boolean },
): number {
  const isTightened =
    kind === "pair" && !context.isKnownAddress && context.accountFailures >= MIN_FAILURES_UNDER_ATTACK;
  const rule = isTightened ? RULE_UNDER_ATTACK : THROTTLE_RULES[kind];
  // The address of a colleague who fails must not keep out those who are known there.
  if (kind === "address" && context.isKnownAddress) return 0;
  const beyond = failures - rule.freeFailures;
  if (beyond < 0) return 0;
  return Math.min(rule.maxDelayMs, rule.firstDelayMs * 2 ** Math.min(beyond, 30));
}
