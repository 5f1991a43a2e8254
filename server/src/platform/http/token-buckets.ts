import type { Clock } from "../clock.ts";

/** A rate limit: `perSecond` on average, `burst` at once. */
export type Rate = { perSecond: number; burst: number };

export type TokenBuckets = {
  /** Takes `count` tokens of `key`, one by default. Returns 0 on success, or else the seconds until there are enough. */
  take(key: string, count?: number): number;
};

type Bucket = { tokens: number; filledAt: number };

/** From this many keys on, full buckets are removed. */
const MIN_SWEEP_KEYS = 50_000;

/** One token bucket per key, refilled as time passes. */
export function createTokenBuckets({ perSecond, burst }: Rate, clock: Clock): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  let sweepAt = MIN_SWEEP_KEYS;

  function refill(bucket: Bucket, now: number): void {
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * perSecond);
    bucket.filledAt = now;
  }

  function sweep(now: number): void {
    for (const [key, bucket] of buckets) {
      refill(bucket, now);
      if (bucket.tokens >= burst) buckets.delete(key);
    }
    sweepAt = Math.max(MIN_SWEEP_KEYS, buckets.size * 2);
  }

  return {
    take(key, count = 1) {
      const now = clock.monotonic();
      let bucket = buckets.get(key);
      if (bucket === undefined) {
        if (buckets.size >= sweepAt) sweep(now);
        bucket = { tokens: burst, filledAt: now };
        buckets.set(key, bucket);
      } else {
        refill(bucket, now);
      }
      if (bucket.tokens < count) return (count - bucket.tokens) / perSecond;
      bucket.tokens -= count;
      return 0;
    },
  };
}
