import { expect, it } from "vitest";
import { createTokenBuckets } from "./token-buckets.ts";

it("allows a burst, then the rate, and returns how long to wait", () => {
  let now = 0;
  const buckets = createTokenBuckets({ perSecond: 2, burst: 3 }, { now: () => 0, monotonic: () => now });
  expect([1, 2, 3].map(() => buckets.take("a"))).toEqual([0, 0, 0]);
  expect(buckets.take("a")).toBe(0.5);
  expect(buckets.take("b")).toBe(0);
  now = 500;
  expect(buckets.take("a")).toBe(0);
  expect(buckets.take("a")).toBe(0.5);
});

it("removes keys that are full again, and no others", () => {
  let now = 0;
  const buckets = createTokenBuckets({ perSecond: 1, burst: 2 }, { now: () => 0, monotonic: () => now });
  for (let key = 0; key < 50_000; key += 1) buckets.take(String(key));
  now = 1000;
  buckets.take("busy");
  buckets.take("busy");
  buckets.take("one more");
  expect(buckets.take("busy")).toBe(1);
});

it("charges a removed bucket to the one that took its place", () => {
  let now = 0;
  const buckets = createTokenBuckets({ perSecond: 1, burst: 2 }, { now: () => 0, monotonic: () => now });
  const held = buckets.of("held");
  for (let key = 0; key < 50_000; key += 1) buckets.take(String(key));
  now = 1000;
  buckets.take("one more");
  held.charge(3);
  expect(buckets.of("held").debtS()).toBe(1);
  expect(held.debtS()).toBe(1);
});

it("lets a bucket owe one burst at most, and returns how long until it is paid", () => {
  let now = 0;
  const buckets = createTokenBuckets({ perSecond: 2, burst: 10 }, { now: () => 0, monotonic: () => now });
  expect(buckets.of("a").debtS()).toBe(0);
  buckets.of("a").charge(12);
  expect(buckets.of("a").debtS()).toBe(1);
  expect(buckets.of("b").debtS()).toBe(0);
  buckets.of("a").charge(1000);
  expect(buckets.of("a").debtS()).toBe(5);
  now = 5000;
  expect(buckets.of("a").debtS()).toBe(0);
});
