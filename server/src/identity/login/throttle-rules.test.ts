import { describe, expect, it } from "vitest";
import {
  MIN_FAILURES_UNDER_ATTACK,
  delayAfter,
  FAILURE_MEMORY_MS,
  THROTTLE_RULES,
  type ThrottleKind,
} from "./throttle-rules.ts";

const calm = { accountFailures: 0 };
const attacked = { accountFailures: MIN_FAILURES_UNDER_ATTACK };
const seconds = (kind: ThrottleKind, failures: number[], context = calm) =>
  failures.map((count) => delayAfter(kind, count, context) / 1000);

describe("delayAfter", () => {
  it("doubles from the fifth failure of an account at one address, up to a quarter of an hour", () => {
    expect(seconds("pair", [1, 4, 5, 6, 7, 8, 14, 15, 1000])).toEqual([0, 0, 1, 2, 4, 8, 512, 900, 900]);
  });

  it("is short and starts late for an address as a whole", () => {
    expect(seconds("address", [29, 30, 31, 36, 1000])).toEqual([0, 1, 2, 60, 60]);
  });

  it("never blocks an account as a whole", () => {
    expect(seconds("account", [1, 100, 1_000_000], attacked)).toEqual([0, 0, 0]);
  });

  it("gives an address one attempt for an account under attack, and a known browser the usual number", () => {
    expect(seconds("pair", [0, 1, 2, 8, 1000], attacked)).toEqual([0, 30, 60, 3600, 3600]);
    expect(seconds("browser", [4, 5, 1000], attacked)).toEqual([0, 1, 900]);
  });

  it("ends before the failures are removed", () => {
    for (const { maxDelayMs } of Object.values(THROTTLE_RULES)) {
      expect(maxDelayMs).toBeLessThan(FAILURE_MEMORY_MS);
    }
    expect(delayAfter("pair", 1000, attacked)).toBeLessThan(FAILURE_MEMORY_MS);
  });
});
