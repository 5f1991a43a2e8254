import { describe, expect, it } from "vitest";
import type { Collector, InventoryCollector, SampleCollector } from "../../collectors/collector.ts";
import { createFakeClock } from "../../platform/fake/fake-clock.ts";
import { createCollectorRegistry } from "./collector-registry.ts";

const AGENT = { version: "1", runtime: "Node", variant: "headless" as const };
const cpu = (value: number): SampleCollector => ({
  name: "cpu",
  section: "sample",
  timeoutMs: 1000,
  collect: async () => ({ kind: "value", value: { metrics: { cpu: value } } }),
});

function setUp(...collectors: Collector[]) {
  const clock = createFakeClock();
  return { clock, registry: createCollectorRegistry({ collectors, clock, agent: AGENT }) };
}

describe("createCollectorRegistry", () => {
  it("combines the parts of all collectors", async () => {
    const mounts: SampleCollector = {
      name: "mounts",
      section: "sample",
      timeoutMs: 1000,
      collect: async () => ({ kind: "value", value: { metrics: { disk: 40 }, facts: { diskMount: "/" } } }),
    };
    expect(await setUp(cpu(7), mounts).registry.sample()).toEqual({
      metrics: { cpu: 7, disk: 40 },
      facts: { diskMount: "/", faults: [] },
    });
  });

  it("skips a collector that hangs, tells it to stop, and does not start it again before it ended", async () => {
    const signals: AbortSignal[] = [];
    const { promise, resolve } = Promise.withResolvers<{ kind: "skip"; reason: string }>();
    const hanging: SampleCollector = {
      name: "nfs",
      section: "sample",
      timeoutMs: 2000,
      collect: (signal) => {
        signals.push(signal);
        return promise;
      },
    };
    const { clock, registry } = setUp(cpu(7), hanging);
    const first = registry.sample();
    await clock.advance(2000);
    expect(await first).toMatchObject({
      metrics: { cpu: 7 },
      facts: { skipped: [{ collector: "nfs", reason: "no answer within 2 s" }] },
    });
    expect(signals[0]?.aborted).toBe(true);
    expect((await registry.sample()).facts.skipped).toEqual([
      { collector: "nfs", reason: "the last run has not ended yet" },
    ]);
    expect(signals).toHaveLength(1);
    resolve({ kind: "skip", reason: "late" });
    await clock.advance(0);
    expect((await registry.sample()).facts.skipped).toEqual([{ collector: "nfs", reason: "late" }]);
    expect(signals).toHaveLength(2);
  });

  it("turns a failure into a reason that fits the contract", async () => {
    const failing: SampleCollector = {
      name: "bad",
      section: "sample",
      timeoutMs: 1000,
      collect: () => Promise.reject(new Error(`line one\nline two ${"x".repeat(300)}`)),
    };
    const [skipped] = (await setUp(failing).registry.sample()).facts.skipped ?? [];
    expect(skipped?.reason).toMatch(/^line one line two x+$/);
    expect(skipped?.reason.length).toBe(200);
  });

  it("runs a collector at its own interval, and keeps its value in between", async () => {
    let runs = 0;
    const slow: SampleCollector = {
      name: "slow",
      section: "sample",
      timeoutMs: 1000,
      everyMs: 60_000,
      collect: async () => ({ kind: "value", value: { metrics: { battery: (runs += 1) } } }),
    };
    const { clock, registry } = setUp(slow);
    const values: unknown[] = [];
    for (let tick = 0; tick < 4; tick += 1) {
      values.push((await registry.sample()).metrics.battery);
      await clock.advance(30_000);
    }
    expect(values).toEqual([1, 1, 2, 2]);
  });

  it("tries a rare collector that failed again after a minute, and reports its failure until then", async () => {
    let runs = 0;
    const failing: SampleCollector = {
      name: "rare",
      section: "sample",
      timeoutMs: 1000,
      everyMs: 600_000,
      collect: async () => ({ kind: "skip", reason: `failure ${(runs += 1)}` }),
    };
    const { clock, registry } = setUp(failing);
    const reasons: unknown[] = [];
    for (let tick = 0; tick < 3; tick += 1) {
      reasons.push((await registry.sample()).facts.skipped?.[0]?.reason);
      await clock.advance(30_000);
    }
    expect(reasons).toEqual(["failure 1", "failure 1", "failure 2"]);
  });

  it("returns no inventory when a part of it is missing", async () => {
    const partial: InventoryCollector = {
      name: "half",
      section: "inventory",
      timeoutMs: 1000,
      collect: async () => ({ kind: "value", value: { hostname: "srv-01" } }),
    };
    expect((await setUp(partial).registry.inventory()).kind).toBe("skip");
    const failing: InventoryCollector = { ...partial, collect: () => Promise.reject(new Error("no dmi")) };
    expect(await setUp(failing).registry.inventory()).toEqual({ kind: "skip", reason: "no dmi" });
  });
});
