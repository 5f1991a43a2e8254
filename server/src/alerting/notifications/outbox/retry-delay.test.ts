import { describe, expect, it } from "vitest";
import { GIVE_UP_AFTER_MS, retryDelayMs } from "./retry-delay.ts";

describe("retryDelayMs", () => {
  it("doubles from 30 seconds to two hours, with 20 % of jitter", () => {
    const middle = (attempts: number) => retryDelayMs(attempts, 0.5, null);
    expect([1, 2, 3, 9, 20].map(middle)).toEqual([30_000, 60_000, 120_000, 7_200_000, 7_200_000]);
    expect([retryDelayMs(1, 0, null), retryDelayMs(1, 1, null)]).toEqual([24_000, 36_000]);
  });

  it("tries about twenty times in 24 hours", () => {
    let attempts = 0;
    for (let at = 0; at < GIVE_UP_AFTER_MS; attempts += 1) at += retryDelayMs(attempts + 1, 0.5, null);
    expect(attempts).toBe(19);
  });

  it("obeys a receiver that asks for more time, up to an hour", () => {
    expect(retryDelayMs(1, 0.5, "600")).toBe(600_000);
    expect(retryDelayMs(1, 0.5, "10")).toBe(30_000);
    expect(retryDelayMs(1, 0.5, "999999")).toBe(3_600_000);
    expect(retryDelayMs(1, 0.5, "Wed, 21 Oct 2026 07:28:00 GMT")).toBe(30_000);
  });
});
