import { keysOf } from "../keys-of.ts";

/** How a figure is meant: share of a whole in percent, bytes, bytes per second, degrees Celsius, or a bare number. */
export type MetricUnit = "percent" | "bytes" | "bytesPerSecond" | "celsius" | "number";

/** What is known about a metric. `column` is its id in stored history: never reused. `digits` after the point are kept. */
export type Metric = { column: number; unit: MetricUnit; digits: number; max: number };

/**
 * Every metric with a history, by the name it has on the wire and in the API.
 * - cpu: busy share of all cores over the interval
 * - memory: total minus available, of total
 * - swap: used of total; absent where there is no swap
 * - disk: used share of the fullest fixed local writable file system; diskFree: bytes left on that file system
 * - load: one-minute load average; absent on Windows
 * - netIn, netOut, diskRead, diskWrite: rates over the interval
 */
export const METRICS = {
  cpu: { column: 1, unit: "percent", digits: 1, max: 100 },
  memory: { column: 2, unit: "percent", digits: 1, max: 100 },
  swap: { column: 3, unit: "percent", digits: 1, max: 100 },
  disk: { column: 4, unit: "percent", digits: 1, max: 100 },
  diskFree: { column: 5, unit: "bytes", digits: -6, max: 1e18 },
  load: { column: 6, unit: "number", digits: 2, max: 100_000 },
  netIn: { column: 7, unit: "bytesPerSecond", digits: 0, max: 1e13 },
  netOut: { column: 8, unit: "bytesPerSecond", digits: 0, max: 1e13 },
  diskRead: { column: 9, unit: "bytesPerSecond", digits: 0, max: 1e13 },
  diskWrite: { column: 10, unit: "bytesPerSecond", digits: 0, max: 1e13 },
  temperature: { column: 11, unit: "celsius", digits: 1, max: 300 },
  battery: { column: 12, unit: "percent", digits: 0, max: 100 },
} as const satisfies Record<string, Metric>;

/** Every metric's name, in the order of the table. */
export const METRIC_NAMES = keysOf(METRICS);
