import type { Clock } from "../clock.ts";

/** A rate limit: `perSecond` on average, `burst` at once. */
export type Rate = { perSecond: number; burst: number };

export type TokenBuckets = {
  /** Takes `count` tokens of `key`, one by default. Returns 0 on success, or else the seconds until there are enough. */
  take(key: string, count?: number): number;
  /** The tokens of `key`, for a caller that uses them several times. */
  of(key: string): TokenBucket;
};

/** The tokens of one key. */
export type TokenBucket = {
  /** Takes `count` tokens that are spent already: the bucket may owe them, at most one burst. */
  charge(count: number): void;
  /** Seconds until it owes nothing. */
  debtS(): number;
};

/** From this many keys on, full buckets are removed. */
const MIN_SWEEP_KEYS = 50_000;

/** One token bucket per key, refilled as time passes. */
export function createTokenBuckets(rate: Rate, clock: Clock): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  let sweepAt = MIN_SWEEP_KEYS;

  function sweep(): void {
    for (const [key, bucket] of buckets) {
      if (!bucket.isFull()) continue;
      buckets.delete(key);
      bucket.current = () => bucketOf(key);
    }
    sweepAt = Math.max(MIN_SWEEP_KEYS, buckets.size * 2);
  }

  function bucketOf(key: string): Bucket {
    const known = buckets.get(key);
    if (known !== undefined) return known;
    if (buckets.size >= sweepAt) sweep();
    const bucket = new Bucket(rate, clock);
    buckets.set(key, bucket);
    return bucket;
  }

  return {
    take: (key, count = 1) => bucketOf(key).take(count),
    of: bucketOf,
  };
}

class Bucket implements TokenBucket {
  /** The bucket of this key now; null until this one was removed, while a request may still hold it. */
  current: (() => Bucket) | null = null;
  readonly #rate: Rate;
  readonly #clock: Clock;
  #tokens: number;
  #filledAt: number;

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate;
    this.#clock = clock;
    this.#tokens = rate.burst;
    this.#filledAt = clock.monotonic();
  }

  take(count: number): number {
    this.#refill();
    if (this.#tokens < count) return (count - this.#tokens) / this.#rate.perSecond;
    this.#tokens -= count;
    return 0;
  }

  charge(count: number): void {
    if (this.current) return this.current().charge(count);
    this.#refill();
    this.#tokens = Math.max(-this.#rate.burst, this.#tokens - count);
  }

  debtS(): number {
    if (this.current) return this.current().debtS();
    if (this.#tokens >= 0) return 0;
    this.#refill();
    return this.#tokens < 0 ? -this.#tokens / this.#rate.perSecond : 0;
  }

  isFull(): boolean {
    this.#refill();
    return this.#tokens >= this.#rate.burst;
  }

  #refill(): void {
    const { perSecond, burst } = this.#rate;
    const now = this.#clock.monotonic();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
  }
}
