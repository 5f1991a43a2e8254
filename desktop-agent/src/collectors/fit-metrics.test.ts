import { Sample } from "@muster/shared/contracts/metric.ts";
import { METRIC_NAMES } from "@muster/shared/contracts/metric-table.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitMetrics } from "./fit-metrics.ts";

describe("fitMetrics", () => {
  it("rounds to the digits that are kept", () => {
    expect(
      fitMetrics({ cpu: 12.3456, load: 0.123, netIn: 1.5, diskFree: 1234.4, temperature: -3.26 }),
    ).toEqual({
      cpu: 12.3,
      load: 0.12,
      netIn: 2,
      diskFree: 1234,
      temperature: -3.3,
    });
  });

  it("leaves out what is no figure or beyond its bounds, and never makes a 0 of it", () => {
    expect(
      fitMetrics({
        cpu: Number.NaN,
        memory: 100.1,
        disk: -1,
        load: Number.POSITIVE_INFINITY,
        netIn: 1e14,
        battery: null,
      }),
    ).toEqual({});
  });

  it("gives what the contract takes, whatever was read", () => {
    const readings = fc.record(
      Object.fromEntries(
        METRIC_NAMES.map((name) => [
          name,
          fc.oneof(fc.double(), fc.double({ min: -1, max: 1e18 }), fc.constant(null)),
        ]),
      ),
    );
    fc.assert(
      fc.property(readings, (read) => {
        expect(Sample.safeParse({ at: 0, ...fitMetrics(read) }).success).toBe(true);
      }),
    );
  });
});
