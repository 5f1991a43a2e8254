import { keysOf } from "../keys-of.ts";

/** Unit of a metric: percent of a whole, bytes, bytes per second, degrees Celsius, or a plain number. */
export type MetricUnit = "percent" | "bytes" | "bytesPerSecond" | "celsius" | "number";

/** What is known about a metric: everything that reads, sends, stores, draws or exports it is derived from here. */
export type Metric = {
  /** Its id in stored history, 1 to 255 but 13: never reused. Those of a whole device end at 52, the bits of a journal row's mask. */
  column: number;
  unit: MetricUnit;
  /** Digits after the point that are kept; negative for digits before it. */
  digits: number;
  /** Bounds on the wire. What an agent reads above `max` is sent as `max`, what it reads below `min` is left out. */
  min: number;
  max: number;
  /** True where a value above `max` is a broken reading rather than a full one, and is left out as well. */
  isLeftOutAboveMax?: boolean;
  /** Which way it gets worse; absent when neither way is. */
  worse?: "higher" | "lower";
  /** The chart that draws it, null for none. The metrics of one chart share its scale and have one unit. */
  chart: ChartName | null;
  /** Its column in exported files. */
  csv: string;
};

/** Every chart, in the order in which they are shown, and its group; those of `main` are always open. */
export const CHARTS = {
  cpu: "main",
  memory: "main",
  disk: "main",
  network: "main",
  fileSystems: "disks",
  freeSpace: "disks",
  diskThroughput: "disks",
  networkInterfaces: "interfaces",
  load: "system",
  temperature: "system",
  battery: "system",
} as const satisfies Record<string, "main" | "disks" | "interfaces" | "system">;
export type ChartName = keyof typeof CHARTS;
export const CHART_NAMES = keysOf(CHARTS);

const share = { unit: "percent", digits: 1, min: 0, max: 100 } as const;
const rate = { unit: "bytesPerSecond", digits: 0, min: 0, max: 1e13 } as const;
// The wire takes whole numbers only as far as a double holds each of them.
const freeSpace = {
  unit: "bytes",
  digits: -6,
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
  worse: "lower",
} as const;

/**
 * Every metric of a whole device, by the name it has on the wire and in the API, where the comments describe them.
 */
export const METRICS = {
  /** Busy share of all cores over the interval, in percent. */
  cpu: { column: 1, ...share, worse: "higher", chart: "cpu", csv: "cpu_percent" },
  /** Used share of the memory, in percent: total minus available, of total. */
  memory: { column: 2, ...share, worse: "higher", chart: "memory", csv: "memory_percent" },
  /** Used share of the swap space, in percent; absent where there is none. */
  swap: { column: 3, ...share, worse: "higher", chart: "memory", csv: "swap_percent" },
  /** Used share of the fullest fixed local writable file system, in percent. */
  disk: { column: 4, ...share, worse: "higher", chart: "disk", csv: "disk_percent" },
  /** Free bytes of the same file system. */
  diskFree: { column: 5, ...freeSpace, chart: null, csv: "disk_free_bytes" },
  /** One-minute load average; absent on Windows. */
  load: {
    column: 6,
    unit: "number",
    digits: 2,
    min: 0,
    max: 100_000,
    worse: "higher",
    chart: "load",
    csv: "load_1m",
  },
  /** Bytes received per second over the interval. */
  netIn: { column: 7, ...rate, chart: "network", csv: "network_received_bytes_per_second" },
  /** Bytes sent per second over the interval. */
  netOut: { column: 8, ...rate, chart: "network", csv: "network_sent_bytes_per_second" },
  /** Bytes read per second over the interval. */
  diskRead: { column: 9, ...rate, chart: "diskThroughput", csv: "disk_read_bytes_per_second" },
  /** Bytes written per second over the interval. */
  diskWrite: { column: 10, ...rate, chart: "diskThroughput", csv: "disk_written_bytes_per_second" },
  /** Temperature in degrees Celsius. */
  temperature: {
    column: 11,
    unit: "celsius",
    digits: 1,
    min: -100,
    max: 300,
    isLeftOutAboveMax: true,
    worse: "higher",
    chart: "temperature",
    csv: "temperature_celsius",
  },
  /** Charge of the battery, in percent. */
  battery: { column: 12, ...share, digits: 0, worse: "lower", chart: "battery", csv: "battery_percent" },
} as const satisfies Record<string, Metric>;

/** Every metric's name, in the order of the table. */
export const METRIC_NAMES = keysOf(METRICS);

/**
 * Every labelled metric: those of which one device has several series, one for each instance of a kind. The names are those on
 * the wire and in the API.
 * - fileSystem, by mount point
 * - networkInterface, by name, of the interfaces whose traffic `netIn` and `netOut` add up
 */
export const LABELLED_METRICS = {
  fileSystem: {
    /** Used share as `df` shows it, in percent. */
    used: { column: 64, ...share, worse: "higher", chart: "fileSystems", csv: "file_system_percent" },
    /** Free bytes. */
    free: { column: 65, ...freeSpace, chart: "freeSpace", csv: "file_system_free_bytes" },
  },
  networkInterface: {
    /** Bytes received per second over the interval. */
    in: { column: 66, ...rate, chart: "networkInterfaces", csv: "interface_received_bytes_per_second" },
    /** Bytes sent per second over the interval. */
    out: { column: 67, ...rate, chart: "networkInterfaces", csv: "interface_sent_bytes_per_second" },
  },
} as const satisfies Record<string, Readonly<Record<string, Metric>>>;

/** Kind of the instances of which a device has several. */
export type InstanceKind = keyof typeof LABELLED_METRICS;
export const INSTANCE_KINDS = keysOf(LABELLED_METRICS);

/** A labelled metric with its kind, as in "fileSystem.used". */
export type LabelledMetricKey = {
  [Kind in InstanceKind]: `${Kind}.${keyof (typeof LABELLED_METRICS)[Kind] & string}`;
}[InstanceKind];

/** The metrics of a kind with their names, in the order of the table. */
export function labelledMetricsOf(kind: InstanceKind): [string, Metric][] {
  return Object.entries<Metric>(LABELLED_METRICS[kind]);
}

/** Every labelled metric by its key. */
export const LABELLED_METRICS_BY_KEY: ReadonlyMap<LabelledMetricKey, Metric> = new Map(
  INSTANCE_KINDS.flatMap((kind) =>
    labelledMetricsOf(kind).map(([name, metric]) => [keyOf(kind, name), metric] as const),
  ),
);

function keyOf(kind: InstanceKind, name: string): LabelledMetricKey {
  // oxlint-disable-next-line no-unsafe-type-assertion -- the names are those of the kind
  return `${kind}.${name}` as LabelledMetricKey;
}

/** Instances of one kind in one sample. */
export const MAX_INSTANCES_PER_SAMPLE = 64;
/** Instances of all kinds whose series are kept for one device. */
export const MAX_INSTANCES_PER_DEVICE = 256;
/** Length of an instance's name. */
export const MAX_INSTANCE_NAME_LENGTH = 200;
