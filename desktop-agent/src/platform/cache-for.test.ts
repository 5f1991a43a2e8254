import { describe, expect, it } from "vitest";
import { createFakeClock } from "./fake/fake-clock.ts";
import { cacheFor } from "./cache-for.ts";

describe("cacheFor", () => {
  it("reads once for concurrent callers, and again after the duration", async () => {
    const clock = createFakeClock();
    let asked = 0;
    const ask = cacheFor(clock, 1_000, async () => ++asked);
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    await clock.advance(999);
    expect(await ask()).toBe(1);
    await clock.advance(1);
    expect(await ask()).toBe(2);
  });

  it("does not keep a failure", async () => {
    let asked = 0;
    const ask = cacheFor(createFakeClock(), 1_000, async () => {
      asked += 1;
      if (asked === 1) throw new Error("not yet");
      return asked;
    });
    await expect(ask()).rejects.toThrow("not yet");
    expect(await ask()).toBe(2);
  });
});
