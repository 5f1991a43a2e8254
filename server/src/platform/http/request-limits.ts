import type { Clock } from "../clock.ts";
import { MusterError } from "../errors.ts";
import type { WorkMeter } from "../task-timer.ts";
import { type Caller, credentialIdOf } from "./caller.ts";
import { rateLimitKeyOf } from "./client-address.ts";
import { createTokenBuckets, type Rate, type TokenBucket, type TokenBuckets } from "./token-buckets.ts";

/**
 * Rates for each kind of caller: one device, all devices of an organization together, one user or key, one address without a
 * credential.
 */
export type LimitRates = {
  device: Rate;
  organization: Rate;
  member: Rate;
  address: Rate;
  /** Milliseconds of work, for the same callers; for an organization, of everything that belongs to it. */
  work: { device: Rate; organization: Rate; member: Rate; address: Rate };
};

export const DEFAULT_LIMIT_RATES: LimitRates = {
  device: { perSecond: 5, burst: 60 },
  organization: { perSecond: 10_000, burst: 20_000 },
  member: { perSecond: 50, burst: 300 },
  address: { perSecond: 10, burst: 100 },
  work: {
    device: { perSecond: 50, burst: 1_000 },
    organization: { perSecond: 500, burst: 2_000 },
    member: { perSecond: 250, burst: 1_500 },
    address: { perSecond: 100, burst: 1_000 },
  },
};

/** What receiving, inflating and storing bytes costs beside the measured work: 1 ms for 32 KiB. */
const WORK_MS_PER_BYTE = 1 / 32_768;

export type RequestLimits = {
  /** Counts one request. Throws `rate-limited` with the seconds to wait when the limit is reached. */
  count(caller: Caller, address: string): void;
  /** The account to which the request's work is charged. */
  accountOf(caller: Caller, address: string): WorkAccount;
};

/** What a caller's requests cost is known only afterwards, so the next ones are refused until the debt is paid. */
export type WorkAccount = WorkMeter & {
  addBytes(count: number): void;
  /** Throws `rate-limited` with the seconds to wait while the caller or its organization owes work. */
  requireCredit(): void;
};

/** For routes without a limit. */
export const UNLIMITED_ACCOUNT: WorkAccount = {
  addWork: () => undefined,
  addBytes: () => undefined,
  requireCredit: () => undefined,
};

/** Counts requests and their work per credential and organization, and per address where there is no credential. */
export function createRequestLimits(rates: LimitRates, clock: Clock): RequestLimits {
  const requests = createBuckets(rates, clock);
  const work = createBuckets(rates.work, clock);

  return {
    count(caller, address) {
      const key = limitKeyOf(caller);
      if (key === null) return take(requests.address, rateLimitKeyOf(address));
      if (caller.kind !== "device") return take(requests.member, key);
      // The device first, so that a device above its limit does not use up that of its organization.
      take(requests.device, key);
      take(requests.organization, caller.orgId);
    },
    accountOf(caller, address) {
      const key = limitKeyOf(caller);
      if (key === null || caller.kind === "nobody")
        return new CallerAccount(work.address.of(rateLimitKeyOf(address)), null);
      const own = caller.kind === "device" ? work.device : work.member;
      return new CallerAccount(own.of(key), work.organization.of(caller.orgId));
    },
  };
}

/** A class, because every request has one. */
class CallerAccount implements WorkAccount {
  readonly #own: TokenBucket;
  readonly #organization: TokenBucket | null;

  constructor(own: TokenBucket, organization: TokenBucket | null) {
    this.#own = own;
    this.#organization = organization;
  }

  addWork(workMs: number): void {
    this.#own.charge(workMs);
    this.#organization?.charge(workMs);
  }

  addBytes(count: number): void {
    this.addWork(count * WORK_MS_PER_BYTE);
  }

  requireCredit(): void {
    requirePaid(this.#own.debtS());
    if (this.#organization) requirePaid(this.#organization.debtS());
  }
}

function createBuckets(rates: LimitRates["work"], clock: Clock) {
  return {
    device: createTokenBuckets(rates.device, clock),
    organization: createTokenBuckets(rates.organization, clock),
    member: createTokenBuckets(rates.member, clock),
    address: createTokenBuckets(rates.address, clock),
  };
}

function take(buckets: TokenBuckets, key: string): void {
  const waitS = buckets.take(key);
  if (waitS > 0) {
    throw new MusterError("rate-limited", "Too many requests. Wait before the next one.", {
      retryAfterS: waitS,
    });
  }
}

function requirePaid(waitS: number): void {
  if (waitS === 0) return;
  throw new MusterError(
    "rate-limited",
    "Your last requests took too much of the server's time. Wait before the next one.",
    { retryAfterS: waitS },
  );
}

/** All sessions of a user share one limit, so that signing in again gives no more requests. */
function limitKeyOf(caller: Caller): string | null {
  return caller.kind === "user" ? caller.userId : credentialIdOf(caller);
}
