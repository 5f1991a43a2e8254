import { DeviceFacts } from "@muster/shared/contracts/report.ts";
import { beforeEach, describe, expect, it } from "vitest";
import type { SampleCollector } from "./collector.ts";
import { createFileSystemsCollector } from "./file-systems.collector.ts";
import { createMountExclusions } from "./mount-exclusions.ts";
import { createRebootRequiredCollector, createSessionCollector } from "./operating-system.collector.ts";
import { createLoadCollector, createMemoryCollector } from "./processor.collector.ts";
import { createBatteryCollector, createTemperatureCollector } from "./sensors.collector.ts";
import { createFakePlatform, type FakePlatform } from "../platform/fake/fake-platform.ts";

const { signal } = new AbortController();
let platform: FakePlatform;
beforeEach(() => {
  platform = createFakePlatform();
});

async function valueOf(collector: SampleCollector) {
  const collected = await collector.collect(signal);
  if (collected.kind === "skip") throw new Error(collected.reason);
  return collected.value;
}

describe("memory collector", () => {
  it("computes memory in use as total minus available, and has no swap where there is none", async () => {
    expect(await valueOf(createMemoryCollector(platform.metrics))).toEqual({ metrics: { memory: 25 } });
  });

  it("returns the share of swap in use", async () => {
    platform.machine.memory = {
      totalBytes: 8e9,
      availableBytes: 2e9,
      swapTotalBytes: 2e9,
      swapUsedBytes: 5e8,
    };
    expect(await valueOf(createMemoryCollector(platform.metrics))).toEqual({
      metrics: { memory: 75, swap: 25 },
    });
  });

  it("returns no value for a machine without memory", async () => {
    platform.machine.memory = { totalBytes: 0, availableBytes: 0, swapTotalBytes: 0, swapUsedBytes: 0 };
    expect(await valueOf(createMemoryCollector(platform.metrics))).toEqual({ metrics: {} });
  });
});

describe("file systems collector", () => {
  it("reports the fullest file system, not the one with the least space", async () => {
    platform.machine.fileSystems = [
      { mount: "/", type: "ext4", sizeBytes: 1e9, usedPercent: 50, freeBytes: 5e8 },
      { mount: "/srv", type: "xfs", sizeBytes: 1e13, usedPercent: 91.26, freeBytes: 9e11 },
    ];
    expect(await valueOf(createFileSystemsCollector(platform.metrics))).toEqual({
      metrics: { disk: 91.3, diskFree: 9e11 },
      series: { fileSystem: { names: ["/srv", "/"], used: [91.3, 50], free: [9e11, 5e8] } },
      facts: { diskMount: "/srv", hungFileSystems: [], excludedMounts: [] },
    });
  });

  it("names those that hang, in lines that fit the contract", async () => {
    platform.machine.hungFileSystems = [
      "/mnt/\u001b[31mred\n",
      ...Array.from({ length: 30 }, (_, n) => `/mnt/${n}`),
    ];
    const { facts } = await valueOf(createFileSystemsCollector(platform.metrics));
    expect(DeviceFacts.parse(facts).hungFileSystems?.[0]).toBe("/mnt/ [31mred");
  });

  it("leaves out what is excluded, and names what this machine's configuration excludes", async () => {
    platform.machine.fileSystems = ["/", "/srv", "/mnt/full"].map((mount, index) => ({
      mount,
      type: "ext4",
      sizeBytes: 1e12,
      usedPercent: 50 + index * 20,
      freeBytes: 1e11,
    }));
    platform.machine.hungFileSystems = ["/mnt/hung"];
    platform.machine.readOnlyFileSystems = ["/mnt/full"];
    const exclusions = createMountExclusions(["/mnt/*"]);
    const collector = createFileSystemsCollector(platform.metrics, exclusions);
    const here = { hungFileSystems: [], excludedMounts: ["/mnt/full", "/mnt/hung"] };
    expect((await valueOf(collector)).facts).toEqual({ ...here, diskMount: "/srv" });
    exclusions.setServerMounts(["/srv"]);
    expect((await valueOf(collector)).facts).toEqual({ ...here, diskMount: "/" });
    exclusions.setServerMounts([]);
    expect((await valueOf(collector)).facts).toEqual({ ...here, diskMount: "/srv" });
  });

  it("returns no value when every file system hangs", async () => {
    platform.machine.fileSystems = [];
    platform.machine.hungFileSystems = ["/"];
    expect(await valueOf(createFileSystemsCollector(platform.metrics))).toMatchObject({
      metrics: {},
      facts: { hungFileSystems: ["/"] },
    });
  });
});

describe("session collector", () => {
  it("returns the user and the last input", async () => {
    platform.machine.session = { user: "alice\u0000", idleSinceMs: 1_800_000_000_000.4 };
    expect(await valueOf(createSessionCollector(platform.sessions))).toEqual({
      facts: { user: "alice", idleSince: 1_800_000_000_000 },
    });
  });

  it("returns null for nobody, for an empty name and for an impossible time", async () => {
    platform.machine.session = { user: "\n", idleSinceMs: -1 };
    expect(await valueOf(createSessionCollector(platform.sessions))).toEqual({
      facts: { user: null, idleSince: null },
    });
  });
});

describe("other readings", () => {
  it("leave out what this system does not have", async () => {
    platform.machine.load = null;
    platform.machine.rebootRequired = null;
    const { metrics } = platform;
    expect(
      await Promise.all(
        [
          createLoadCollector,
          createTemperatureCollector,
          createBatteryCollector,
          createRebootRequiredCollector,
        ].map((create) => valueOf(create(metrics))),
      ),
    ).toEqual([{ metrics: {} }, { metrics: {} }, { metrics: {} }, {}]);
  });

  it("return what it has", async () => {
    Object.assign(platform.machine, {
      load: 1.25,
      temperatureCelsius: 48.04,
      batteryPercent: 79.6,
      rebootRequired: true,
    });
    const { metrics } = platform;
    expect(await valueOf(createLoadCollector(metrics))).toEqual({ metrics: { load: 1.25 } });
    expect(await valueOf(createTemperatureCollector(metrics))).toEqual({ metrics: { temperature: 48 } });
    expect(await valueOf(createBatteryCollector(metrics))).toEqual({ metrics: { battery: 80 } });
    expect(await valueOf(createRebootRequiredCollector(metrics))).toEqual({
      facts: { rebootRequired: true },
    });
  });
});
