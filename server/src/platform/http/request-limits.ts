import type { Clock } from "../clock.ts";
import { MusterError } from "../errors.ts";
import { type Caller, credentialIdOf } from "./caller.ts";
import { rateLimitKeyOf } from "./client-address.ts";
import { createTokenBuckets, type Rate, type TokenBuckets } from "./token-buckets.ts";

/**
 * Rates for each kind of caller: one device, all devices of an organization together, one user or key, one address without a
 * credential.
 */
export type LimitRates = { device: Rate; organization: Rate; member: Rate; address: Rate };

export const DEFAULT_LIMIT_RATES: LimitRates = {
  device: { perSecond: 5, burst: 60 },
  organization: { perSecond: 10_000, burst: 20_000 },
  member: { perSecond: 50, burst: 300 },
  address: { perSecond: 10, burst: 100 },
};

export type RequestLimits = {
  /** Counts one request. Throws `rate-limited` with the seconds to wait when the limit is reached. */
  count(caller: Caller, address: string): void;
};

/** Counts requests per credential, and per address where there is none. */
export function createRequestLimits(rates: LimitRates, clock: Clock): RequestLimits {
  const devices = createTokenBuckets(rates.device, clock);
  const organizations = createTokenBuckets(rates.organization, clock);
  const members = createTokenBuckets(rates.member, clock);
  const addresses = createTokenBuckets(rates.address, clock);
  return {
    count(caller, address) {
      // All sessions of a user share one limit, so that signing in again gives no more requests.
      const key = caller.kind === "user" ? caller.userId : credentialIdOf(caller);
      if (key === null) return take(addresses, rateLimitKeyOf(address));
      if (caller.kind !== "device") return take(members, key);
      // The device first, so that a device above its limit does not use up that of its organization.
      take(devices, key);
      take(organizations, caller.orgId);
    },
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
