import type { Clock } from "../../platform/clock.ts";
import { MusterError } from "../../platform/errors.ts";
import { rateLimitKeyOf } from "../../platform/http/client-address.ts";
import { createTokenBuckets, type Rate } from "../../platform/http/token-buckets.ts";
import type { KnownBrowser, KnownBrowsers } from "./known-browsers.ts";
import type { ThrottleReports } from "./throttle-reports.ts";

/** Rates of sign-ins: of one address without a known browser, and of one known browser. */
export type SignInRates = { address: Rate; knownBrowser: Rate };

export const DEFAULT_SIGN_IN_RATES: SignInRates = {
  address: { perSecond: 10, burst: 100 },
  knownBrowser: { perSecond: 1, burst: 20 },
};

export type SignInLimits = {
  /** Counts one request to sign in. Throws `rate-limited` with the seconds to wait. */
  count(address: string, browserSecret: string | null): Promise<void>;
};

/** Counts sign-ins apart from all other requests, so that whatever a neighbour requests keeps nobody out. */
export function createSignInLimits(
  rates: SignInRates,
  deps: {
    clock: Clock;
    knownBrowsers: Pick<KnownBrowsers, "find">;
    throttleReports: Pick<ThrottleReports, "report">;
  },
): SignInLimits {
  const { clock, knownBrowsers, throttleReports } = deps;
  const addresses = createTokenBuckets(rates.address, clock);
  const browsers = createTokenBuckets(rates.knownBrowser, clock);
  return {
    async count(address, browserSecret) {
      const browser = await knownBrowsers.find(browserSecret);
      const waitS = browser ? browsers.take(accountsOf(browser)) : addresses.take(rateLimitKeyOf(address));
      if (waitS <= 0) return;
      throttleReports.report({ email: null, address, requestId: null });
      throw new MusterError("rate-limited", "Too many sign-ins. Wait before the next one.", {
        retryAfterS: waitS,
      });
    },
  };
}

/** Not the secret, which is another one after each sign-in. */
function accountsOf({ userIds }: KnownBrowser): string {
  return [...userIds].toSorted().join();
}
