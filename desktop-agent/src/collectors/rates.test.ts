import { beforeEach, describe, expect, it } from "vitest";
import { NEEDS_TWO_READINGS } from "./collector.ts";
import { createCpuCollector } from "./processor.collector.ts";
import { createDiskThroughputCollector, createNetworkCollector } from "./throughput.collector.ts";
import { createFakePlatform, type FakePlatform } from "../platform/fake/fake-platform.ts";

const { signal } = new AbortController();
let platform: FakePlatform;
beforeEach(() => {
  platform = createFakePlatform();
});

describe("cpu collector", () => {
  it("returns the busy share since its last run, and none in the first", async () => {
    const cpu = createCpuCollector(platform.metrics);
    platform.machine.cpu = { busy: 100, total: 1_000 };
    expect(await cpu.collect(signal)).toBe(NEEDS_TWO_READINGS);
    platform.machine.cpu = { busy: 130, total: 1_100 };
    expect(await cpu.collect(signal)).toEqual({ kind: "value", value: { metrics: { cpu: 30 } } });
  });

  it("returns nothing when no time passed, and never less than 0 when a core was removed", async () => {
    const cpu = createCpuCollector(platform.metrics);
    await cpu.collect(signal);
    expect(await cpu.collect(signal)).toEqual({ kind: "value", value: { metrics: {} } });
    platform.machine.cpu = { busy: 900, total: 10_500 };
    expect(await cpu.collect(signal)).toEqual({ kind: "value", value: { metrics: { cpu: 0 } } });
  });

  it("rejects for a failed reading, and continues with the next one", async () => {
    const cpu = createCpuCollector(platform.metrics);
    platform.machine.cpu = new Error("cannot read /proc/stat");
    await expect(cpu.collect(signal)).rejects.toThrow("/proc/stat");
    platform.machine.cpu = { busy: 0, total: 0 };
    expect(await cpu.collect(signal)).toBe(NEEDS_TWO_READINGS);
  });
});

describe.each([
  { name: "network", create: createNetworkCollector, source: "network", columns: ["netIn", "netOut"] },
  {
    name: "disk throughput",
    create: createDiskThroughputCollector,
    source: "disks",
    columns: ["diskRead", "diskWrite"],
  },
] as const)("$name collector", ({ create, source, columns }) => {
  it("divides by the time that passed on the monotonic clock", async () => {
    const collector = create(platform.metrics, platform.clock);
    platform.machine[source] = { inBytes: 1_000, outBytes: 500 };
    expect(await collector.collect(signal)).toBe(NEEDS_TWO_READINGS);
    await platform.clock.advance(10_000);
    platform.clock.setWall(0);
    platform.machine[source] = { inBytes: 3_000, outBytes: 500 };
    expect(await collector.collect(signal)).toMatchObject({
      kind: "value",
      value: { metrics: { [columns[0]]: 200, [columns[1]]: 0 } },
    });
  });

  it("needs two readings again when the counter decreased", async () => {
    const collector = create(platform.metrics, platform.clock);
    await collector.collect(signal);
    await platform.clock.advance(10_000);
    platform.machine[source] = { inBytes: 1, outBytes: 1 };
    expect(await collector.collect(signal)).toBe(NEEDS_TWO_READINGS);
  });

  it("returns nothing when there is nothing to count", async () => {
    platform.machine[source] = null;
    expect(await create(platform.metrics, platform.clock).collect(signal)).toEqual({
      kind: "value",
      value: {},
    });
  });
});

describe("the rates of interfaces", () => {
  const counters = (values: Record<string, [number, number]>) => {
    const interfaces = new Map(
      Object.entries(values).map(([name, [inBytes, outBytes]]) => [name, { inBytes, outBytes }]),
    );
    return { inBytes: 0, outBytes: 0, interfaces };
  };

  it("are those of each interface since its last reading, the busiest first", async () => {
    const collector = createNetworkCollector(platform.metrics, platform.clock);
    platform.machine.network = counters({ eth0: [100, 0], wlan0: [5_000, 1_000] });
    await collector.collect(signal);
    await platform.clock.advance(10_000);
    platform.machine.network = counters({ eth0: [600, 50], wlan0: [6_000, 1_000], usb0: [9, 9] });
    expect(await collector.collect(signal)).toMatchObject({
      value: {
        series: {
          networkInterface: { names: ["wlan0", "eth0", "usb0"], in: [100, 50, null], out: [0, 5, null] },
        },
      },
    });
  });

  it("begin again for an interface that was away or whose counter fell", async () => {
    const collector = createNetworkCollector(platform.metrics, platform.clock);
    for (const network of [
      counters({ eth0: [100, 100], usb0: [10, 10] }),
      counters({ eth0: [200, 200] }),
      counters({ eth0: [100, 100], usb0: [500, 500] }),
    ]) {
      platform.machine.network = network;
      await platform.clock.advance(10_000);
      await collector.collect(signal);
    }
    platform.machine.network = counters({ eth0: [110, 110], usb0: [700, 500] });
    await platform.clock.advance(10_000);
    expect(await collector.collect(signal)).toMatchObject({
      value: { series: { networkInterface: { names: ["usb0", "eth0"], in: [20, 1], out: [0, 1] } } },
    });
  });
});
