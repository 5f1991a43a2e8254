import { Sample } from "@muster/shared/contracts/metric.ts";
import { DeviceFacts } from "@muster/shared/contracts/report.ts";
import { METRIC_NAMES } from "@muster/shared/contracts/metric-table.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitMetrics, fitSeries } from "./fit-metrics.ts";

describe("fitMetrics", () => {
  it("rounds to the digits that are stored", () => {
    expect(
      fitMetrics({ cpu: 12.3456, load: 0.123, netIn: 1.5, diskFree: 1234.4, temperature: -3.26 }),
    ).toEqual({ metrics: { cpu: 12.3, load: 0.12, netIn: 2, diskFree: 1234, temperature: -3.3 } });
  });

  it("leaves out values that are not numbers, and never turns a value below its bounds into 0", () => {
    expect(fitMetrics({ cpu: Number.NaN, load: Number.POSITIVE_INFINITY, battery: null })).toEqual({
      metrics: {},
    });
    expect(fitMetrics({ disk: -1 })).toEqual({
      metrics: {},
      facts: { faults: [{ kind: "out-of-range", subject: "disk", detail: "below 0" }] },
    });
  });

  it("limits a value above its bounds, and reports it; a temperature is left out", () => {
    expect(fitMetrics({ memory: 100.1, battery: 104, netIn: 1e14, temperature: 3000 })).toEqual({
      metrics: { memory: 100, battery: 100, netIn: 1e13 },
      facts: {
        faults: [
          { kind: "out-of-range", subject: "memory", detail: "above 100" },
          { kind: "out-of-range", subject: "netIn", detail: "above 10000000000000" },
          { kind: "out-of-range", subject: "temperature", detail: "above 300" },
          { kind: "out-of-range", subject: "battery", detail: "above 100" },
        ],
      },
    });
  });

  it("returns values that fit the contract, whatever was read", () => {
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
        const { metrics, facts } = fitMetrics(read);
        expect(Sample.safeParse({ at: 0, ...metrics }).success).toBe(true);
        expect(DeviceFacts.safeParse(facts ?? {}).success).toBe(true);
      }),
    );
  });
});

describe("fitSeries", () => {
  it("lists the values of each metric in the order of the names, null where there is none", () => {
    const readings = [
      { name: "/", values: { used: 41.26, free: 1e9 } },
      { name: "/srv", values: { used: 100.4, free: null } },
      { name: "/odd", values: { used: Number.NaN } },
    ];
    expect(fitSeries("fileSystem", readings)).toEqual({
      fileSystem: { names: ["/", "/srv", "/odd"], used: [41.3, 100, null], free: [1e9, null, null] },
    });
  });

  it("leaves out a metric or a kind of which nothing was read", () => {
    expect(fitSeries("fileSystem", [{ name: "/", values: { used: 5 } }])).toEqual({
      fileSystem: { names: ["/"], used: [5] },
    });
    expect(fitSeries("fileSystem", [{ name: "/", values: {} }])).toEqual({});
    expect(fitSeries("networkInterface", [])).toEqual({});
  });

  it("gives what the contract takes, whatever was read", () => {
    const value = fc.oneof(fc.double(), fc.constant(null), fc.constant(undefined));
    const readings = fc.array(
      fc.record({
        name: fc.string({ unit: "binary", maxLength: 300 }),
        values: fc.record({ in: value, out: value, other: value }),
      }),
      { maxLength: 100 },
    );
    fc.assert(
      fc.property(readings, (read) => {
        const series = fitSeries("networkInterface", read);
        expect(Sample.safeParse({ at: 0, series }).success).toBe(true);
        expect(series.networkInterface?.names.length ?? 0).toBeLessThanOrEqual(32);
      }),
    );
  });
});
