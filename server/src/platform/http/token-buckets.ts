import type { Clock } from "../clock.ts";

/** A rate limit: `perSecond` on average, `burst` at once. */
export type Rate = { perSecond: number; burst: number };

export type TokenBuckets = {
  /** Takes `count` tokens of `key`, one by default. Returns 0 on success, or else the seconds until there are enough. */
  take(key: string, count?: number): number;
  /** Takes `count` tokens that are spent already: the bucket may owe them, at most one burst. */
  charge(key: string, count: number): void;
  /** Seconds until `key` owes nothing. */
  debtS(key: string): number;
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

  function bucketOf(key: string): Bucket {
    const now = clock.monotonic();
    const known = buckets.get(key);
    if (known !== undefined) {
      refill(known, now);
      return known;
    }
    if (buckets.size >= sweepAt) sweep(now);
    const bucket = { tokens: burst, filledAt: now };
    buckets.set(key, bucket);
    return bucket;
  }

  return {
    take(key, count = 1) {
      const bucket = bucketOf(key);
      if (bucket.tokens < count) return (count - bucket.tokens) / perSecond;
      bucket.tokens -= count;
      return 0;
    },
    charge(key, count) {
      const bucket = bucketOf(key);
      bucket.tokens = Math.max(-burst, bucket.tokens - count);
    },
    debtS(key) {
      if (!buckets.has(key)) return 0;
      const { tokens } = bucketOf(key);
      return tokens < 0 ? -tokens / perSecond : 0;
    },
  };
}
