import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { DeviceFacts, DeviceFault } from "@muster/shared/contracts/report.ts";
import { messageOf } from "../log.ts";
import { cleanLine } from "../../collectors/clean-line.ts";
import type {
  Collected,
  Collector,
  InventoryPart,
  SampleCollector,
  SamplePart,
} from "../../collectors/collector.ts";
import type { Clock } from "../../platform/ports.ts";

export type SampleReading = { metrics: Partial<Omit<Sample, "at">>; facts: DeviceFacts };

type InventoryReading =
  | { kind: "value"; inventory: Inventory }
  /** A collector that holds a needed part was skipped. */
  | { kind: "skip"; reason: string };

export type CollectorRegistry = {
  /** Runs every sample collector that is due, in parallel. Never rejects. */
  sample(): Promise<SampleReading>;
  /** All inventory collectors together; who asks while they run gets the same reading. Never rejects. */
  inventory(): Promise<InventoryReading>;
};

type Deps = { collectors: readonly Collector[]; clock: Clock; agent: Inventory["agent"] };
const MAX_SKIPPED = 20;
const MAX_FAULTS = 20;

/** Runs the collectors and puts their parts together. */
export function createCollectorRegistry({ collectors, clock, agent }: Deps): CollectorRegistry {
  const sampleRuns = collectors.flatMap((collector) =>
    collector.section === "sample" ? { name: collector.name, run: createSampleRun(collector, clock) } : [],
  );
  const inventoryRuns = collectors.flatMap((collector) =>
    collector.section === "inventory" ? createCollectorRun(collector, clock) : [],
  );

  let readingInventory: Promise<InventoryReading> | null = null;

  async function readInventory(): Promise<InventoryReading> {
    const parts = await Promise.all(inventoryRuns.map((run) => run()));
    const missing = parts.find((part) => part.kind === "skip");
    if (missing) return missing;
    const whole = parts.reduce<InventoryPart>(
      (sum, part) => (part.kind === "value" ? { ...sum, ...part.value } : sum),
      {},
    );
    return isWhole(whole)
      ? { kind: "value", inventory: { ...whole, agent } }
      : { kind: "skip", reason: "no collector gives the whole inventory" };
  }

  return {
    async sample() {
      const parts = await Promise.all(
        sampleRuns.map(async ({ name, run }) => ({ name, collected: await run() })),
      );
      const reading: SampleReading = { metrics: {}, facts: {} };
      const skipped: NonNullable<DeviceFacts["skipped"]> = [];
      const faults: DeviceFault[] = [];
      for (const { name, collected } of parts) {
        if (collected.kind === "skip") skipped.push({ collector: name, reason: collected.reason });
        else {
          const { metrics, series } = collected.value;
          Object.assign(reading.metrics, metrics);
          if (series) reading.metrics.series = { ...reading.metrics.series, ...series };
          const { faults: found = [], ...facts } = collected.value.facts ?? {};
          Object.assign(reading.facts, facts);
          faults.push(...found);
        }
      }
      // Also when there is none: only an empty list ends what was reported before.
      reading.facts.faults = faults.slice(0, MAX_FAULTS);
      if (skipped.length > 0) reading.facts.skipped = skipped.slice(0, MAX_SKIPPED);
      return reading;
    },

    inventory() {
      readingInventory ??= readInventory().finally(() => {
        readingInventory = null;
      });
      return readingInventory;
    },
  };
}

/** A failure may be over soon, and costs as much as a value: a rare collector is tried again after this long. */
const RETRY_MS = 60_000;

/** Runs a collector no more often than `everyMs`, or `RETRY_MS` after a failure; in between its last outcome is used. */
function createSampleRun(collector: SampleCollector, clock: Clock): () => Promise<Collected<SamplePart>> {
  const run = createCollectorRun(collector, clock);
  let last: { atMs: number; collected: Collected<SamplePart> } | null = null;
  return async () => {
    const nowMs = clock.monotonicMs();
    const everyMs = collector.everyMs ?? 0;
    const restMs = last?.collected.kind === "skip" ? Math.min(everyMs, RETRY_MS) : everyMs;
    if (last && nowMs - last.atMs < restMs) return last.collected;
    const collected = await run();
    last = { atMs: nowMs, collected };
    return collected;
  };
}

function isWhole(part: InventoryPart): part is Omit<Inventory, "agent"> {
  return Boolean(
    part.hostname && part.os && part.hardware && part.classGuess && part.disks && part.networkInterfaces,
  );
}

const MAX_REASON_LENGTH = 200;

/** Something that collects, whatever its section. */
type Collects<Part> = {
  name: string;
  timeoutMs: number;
  collect(signal: AbortSignal): Promise<Collected<Part>>;
};

/** Runs one collector at a time at most, within its time limit; what fails, hangs or is still busy is a skip with the reason. */
function createCollectorRun<Part>(collector: Collects<Part>, clock: Clock): () => Promise<Collected<Part>> {
  let isBusy = false;

  return () => {
    if (isBusy) return Promise.resolve(skip("the last run has not ended yet"));
    isBusy = true;
    const limit = new AbortController();
    return new Promise((resolve) => {
      const cancel = clock.after(collector.timeoutMs, () => {
        limit.abort();
        resolve(skip(`no answer within ${collector.timeoutMs / 1000} s`));
      });
      void collect(collector, limit.signal).then((collected) => {
        isBusy = false;
        cancel();
        resolve(collected);
      });
    });
  };
}

async function collect<Part>(collector: Collects<Part>, signal: AbortSignal): Promise<Collected<Part>> {
  try {
    return await collector.collect(signal);
  } catch (error) {
    return skip(messageOf(error));
  }
}

function skip(reason: string): { kind: "skip"; reason: string } {
  return { kind: "skip", reason: cleanLine(reason, MAX_REASON_LENGTH) ?? "unknown" };
}
