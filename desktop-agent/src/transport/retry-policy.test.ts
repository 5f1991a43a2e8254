import { describe, expect, it } from "vitest";
import { MAX_ATTEMPTS, retryDelayMs } from "./retry-policy.ts";

const evenly = () => 0.5;

describe("retryDelayMs", () => {
  it("doubles from one second up to a minute", () => {
    const delays = [1, 2, 3, 6, 7, 20].map((attempt) => retryDelayMs(attempt, evenly));
    expect(delays).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
  });

  it("spreads by a quarter to either side", () => {
    expect(retryDelayMs(1, () => 0)).toBe(750);
    expect(retryDelayMs(1, () => 1)).toBe(1250);
    expect(retryDelayMs(9, () => 1)).toBe(75_000);
  });

  it("makes three attempts", () => expect(MAX_ATTEMPTS).toBe(3));
});
