import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { CollectorRegistry, SampleReading } from "./collector-registry.ts";
import type { Log } from "../log.ts";
import { createTicker } from "./ticker.ts";

/** Rates need two readings this far apart before the first sample means something. */
const PRIMING_MS = 1000;
/** The first sample waits this long for the inventory, so that a new device arrives whole. */
const INVENTORY_PATIENCE_MS = 4000;
const INVENTORY_EVERY_MS = 24 * 3_600_000;
/** An inventory that could not be read is tried again after this long. */
const INVENTORY_RETRY_MS = 600_000;

export type Sampling = {
  /** Takes a first sample within seconds and then one each interval; nothing when already started. */
  start(): void;
  /** Nothing is collected any more. */
  stop(): void;
  setInterval(intervalMs: number): void;
  /** Takes a sample immediately; the schedule stays. False when nothing is collected now. */
  takeNow(): Promise<boolean>;
};

type Deps = {
  registry: CollectorRegistry;
  clock: Clock;
  log: Log;
  intervalMs: number;
  sampled: (reading: SampleReading) => void;
  inventoryRead: (inventory: Inventory) => void;
};

/** Reads the machine on a schedule. */
export function createSampling({ registry, clock, log, intervalMs, sampled, inventoryRead }: Deps): Sampling {
  const ticker = createTicker(clock, intervalMs, async () => void (await take()));
  /** Names the time between a start and its stop, so that what began before a stop changes nothing after it. */
  let current: object | null = null;
  /** The first readings of this time were made: rates mean something. */
  let isPrimed = false;
  let taking: Promise<boolean> | null = null;
  let hasInventory = false;
  let cancelInventory: Cancel = () => undefined;

  function take(): Promise<boolean> {
    taking ??= takeOne().finally(() => {
      taking = null;
    });
    return taking;
  }

  async function takeOne(): Promise<boolean> {
    const round = current;
    const reading = await registry.sample();
    if (round === null || round !== current) return false;
    sampled(reading);
    return true;
  }

  async function refreshInventory(round: object): Promise<void> {
    const reading = await registry.inventory();
    if (round !== current) return;
    if (reading.kind === "value") {
      hasInventory = true;
      inventoryRead(reading.inventory);
    } else log.warn(`The inventory could not be read: ${reading.reason}`);
    const delayMs = reading.kind === "value" ? INVENTORY_EVERY_MS : INVENTORY_RETRY_MS;
    cancelInventory = clock.after(delayMs, () => void refreshInventory(round));
  }

  async function begin(round: object): Promise<void> {
    const isFirst = !hasInventory;
    const inventory = refreshInventory(round);
    await Promise.all([
      registry.sample(),
      elapsed(clock, PRIMING_MS),
      isFirst ? Promise.race([inventory, elapsed(clock, INVENTORY_PATIENCE_MS)]) : undefined,
    ]);
    if (round !== current) return;
    isPrimed = true;
    ticker.start();
  }

  return {
    start() {
      if (current) return;
      current = {};
      void begin(current);
    },
    stop() {
      current = null;
      isPrimed = false;
      cancelInventory();
      ticker.stop();
    },
    // Before that, the first sample comes automatically.
    takeNow: async () => (isPrimed ? take() : current !== null),
    setInterval: (nextMs) => ticker.setInterval(nextMs),
  };
}

function elapsed(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => void clock.after(delayMs, resolve));
}
