import type { Clock } from "../../platform/clock.ts";
import { MusterError } from "../../platform/errors.ts";
import { rateLimitKeyOf } from "../../platform/http/client-address.ts";
import { createTokenBuckets } from "../../platform/http/token-buckets.ts";

/** An office behind one address installs some dozens of machines in a row. */
const RATE = { perSecond: 0.5, burst: 100 };
const MAX_SLOTS = 64;
const MAX_SLOTS_PER_ADDRESS = 32;
const RETRY_AFTER_S = 15;

/** Bounds downloads: how many an address may begin, and how many run at a time. */
export type DownloadSlots = {
  /** Counts a request. Throws `rate-limited`. */
  count(address: string): void;
  /** Takes a slot until `release` is called, once or several times. Throws `unavailable` when all are taken. */
  take(address: string): { release(): void };
};

export function createDownloadSlots(clock: Clock): DownloadSlots {
  const buckets = createTokenBuckets(RATE, clock);
  const byAddress = new Map<string, number>();
  let taken = 0;

  return {
    count(address) {
      const waitS = buckets.take(rateLimitKeyOf(address));
      if (waitS === 0) return;
      throw new MusterError("rate-limited", "Too many downloads. Wait before the next one.", {
        retryAfterS: waitS,
      });
    },
    take(address) {
      const key = rateLimitKeyOf(address);
      const own = byAddress.get(key) ?? 0;
      if (taken >= MAX_SLOTS || own >= MAX_SLOTS_PER_ADDRESS) {
        throw new MusterError("unavailable", "Too many downloads run at the moment. Try again.", {
          retryAfterS: RETRY_AFTER_S,
        });
      }
      taken += 1;
      byAddress.set(key, own + 1);
      let isReleased = false;
      return {
        release() {
          if (isReleased) return;
          isReleased = true;
          taken -= 1;
          const left = (byAddress.get(key) ?? 1) - 1;
          if (left === 0) byAddress.delete(key);
          else byAddress.set(key, left);
        },
      };
    },
  };
}
