import { expect, it } from "vitest";
import { maxPauseMs } from "./policy-store.ts";

const policy = (longestPauseS: number | null) => ({
  id: "00000000",
  longestPauseS,
  keptDays: { samples: 30, fiveMinutes: 90, hours: 730 },
});

it("stores how long a pause may last", () => {
  expect([null, policy(null), policy(0), policy(3600)].map(maxPauseMs)).toEqual([
    Infinity,
    Infinity,
    0,
    3_600_000,
  ]);
});

it("is a whole number in the range of every program, whatever a server sends", () => {
  expect(Number.isSafeInteger(maxPauseMs(policy(Number.MAX_SAFE_INTEGER)))).toBe(true);
});
