import { describe, expect, it } from "vitest";
import { createTransactionSize } from "./transaction-size.ts";

function sizesAfter(...durationsMs: readonly number[]) {
  let now = 0;
  const size = createTransactionSize(() => now);
  return durationsMs.reduce<Promise<number[]>>(async (before, durationMs) => {
    const sizes = await before;
    await size.measure(async () => {
      now += durationMs;
    });
    return [...sizes, size.devices];
  }, Promise.resolve([]));
}

describe("the size of a transaction", () => {
  it("halves after one that held up reports, down to two devices", async () => {
    expect(await sizesAfter(40, 40, 40, 40, 40)).toEqual([10, 5, 2, 2, 2]);
  });

  it("stays while it takes about as long as it may", async () => {
    expect(await sizesAfter(40, 10, 15)).toEqual([10, 10, 10]);
  });

  it("grows again after short ones, up to twenty devices", async () => {
    expect(await sizesAfter(40, 40, 1, 1, 1)).toEqual([10, 5, 10, 20, 20]);
  });
});
