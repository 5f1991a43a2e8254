import { describe, expect, it } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const NOW = Date.UTC(2027, 0, 1, 12);

describe("retryAfterMs", () => {
  it("reads seconds and dates", () => {
    expect(retryAfterMs("120", NOW)).toBe(120_000);
    expect(retryAfterMs("Fri, 01 Jan 2027 12:00:30 GMT", NOW)).toBe(30_000);
  });

  it("waits an hour at most and never a negative time", () => {
    expect(retryAfterMs("999999999", NOW)).toBe(3_600_000);
    expect(retryAfterMs("Fri, 01 Jan 2027 11:00:00 GMT", NOW)).toBe(0);
  });

  it("ignores a value that it cannot read", () => {
    expect([null, "", "soon", "-5", "1e9"].map((header) => retryAfterMs(header, NOW))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
