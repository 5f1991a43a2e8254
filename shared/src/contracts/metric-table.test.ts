import { expect, it } from "vitest";
import {
  CHART_NAMES,
  INSTANCE_KINDS,
  labelledMetricsOf,
  METRIC_NAMES,
  METRICS,
  type Metric,
} from "./metric-table.ts";

const ofDevices: Metric[] = METRIC_NAMES.map((name) => METRICS[name]);
const ofInstances = INSTANCE_KINDS.flatMap((kind) => labelledMetricsOf(kind).map(([, metric]) => metric));
const all = [...ofDevices, ...ofInstances];

it("gives each metric a column and an exported name of its own", () => {
  expect(new Set(all.map(({ column }) => column)).size).toBe(all.length);
  expect(new Set(all.map(({ csv }) => csv)).size).toBe(all.length);
});

it("keeps columns within the id of a stored column, and those of whole devices within the mask of a journal row", () => {
  for (const { column } of ofDevices) expect(column).toBeLessThanOrEqual(52);
  for (const { column } of ofInstances) {
    expect(column).toBeGreaterThan(52);
    expect(column).toBeLessThan(256);
  }
});

it("draws metrics of one unit in each chart, and something in every chart", () => {
  for (const chart of CHART_NAMES) {
    const units = new Set(all.filter((metric) => metric.chart === chart).map(({ unit }) => unit));
    expect([chart, units.size]).toEqual([chart, 1]);
  }
});

it("ends each exported name with the unit that the values have", () => {
  const endings = {
    percent: "_percent",
    bytes: "_bytes",
    bytesPerSecond: "_bytes_per_second",
    celsius: "_celsius",
    number: "",
  } as const;
  for (const { csv, unit } of all) expect(csv.endsWith(endings[unit])).toBe(true);
});
