import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { LabelledSeries, Sample } from "@muster/shared/contracts/metric.ts";
import type { DeviceFacts } from "@muster/shared/contracts/report.ts";

/** The result of a collector: its part of the report, or the reason why there is none this time. */
export type Collected<Part> = { kind: "value"; value: Part } | { kind: "skip"; reason: string };

/** Metrics and facts of the moment. A metric that the system does not have is left out, never invented. */
export type SamplePart = {
  metrics?: Partial<Omit<Sample, "at" | "series">>;
  series?: LabelledSeries;
  facts?: Omit<DeviceFacts, "skipped">;
};

/** A part of the inventory; the parts of all collectors together make it whole. */
export type InventoryPart = Partial<Omit<Inventory, "agent">>;

type Named = {
  /** Lower case, at most 40 letters; the server shows it when the collector was skipped. */
  name: string;
  /** The runner gives up on a run after this long, aborts its signal, and does not start another before it has ended. */
  timeoutMs: number;
};

/**
 * Reads a part of each sample. `collect` may reject: that counts as a skip with the error's message. A collector that needs
 * two readings for a rate skips its first run.
 */
export type SampleCollector = Named & {
  section: "sample";
  /** Minimum time between two runs, each interval when absent; in between the last value is used. */
  everyMs?: number;
  collect(signal: AbortSignal): Promise<Collected<SamplePart>>;
};

/** Reads a part of the inventory at start and once a day. */
export type InventoryCollector = Named & {
  section: "inventory";
  collect(signal: AbortSignal): Promise<Collected<InventoryPart>>;
};

/** `create-collectors.ts` lists them all: `createCollectors(platform: Platform): Collector[]`. */
export type Collector = SampleCollector | InventoryCollector;

/** What the first run of a collector of rates hands back. */
export const NEEDS_TWO_READINGS = {
  kind: "skip",
  reason: "needs two readings",
} as const satisfies Collected<never>;
