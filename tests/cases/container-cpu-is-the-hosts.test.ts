import { describe, expect, it } from "vitest";
import { createCpuCollector } from "../../desktop-agent/src/collectors/processor.collector.ts";
import { createFakeClock } from "../../desktop-agent/src/platform/fake/fake-clock.ts";
import { createFileSystemProbe } from "../../desktop-agent/src/platform/file-system-probe.ts";
import { createLinuxMetrics } from "../../desktop-agent/src/platform/linux/linux-metrics.ts";
import { createMemorySystemFiles } from "../../desktop-agent/src/platform/testing/memory-system-files.ts";

type Tree = Record<string, string>;

const ELAPSED_MS = 10_000;
const stat = (busy: number, idle: number) =>
  `cpu  ${busy} 0 0 ${idle} 0 0 0 0 0 0\n${Array.from({ length: 64 }, (_, index) => `cpu${index} 0 0 0 0 0 0 0 0 0 0\n`).join("")}`;
const HOST_BUSY = stat(1000 + 64_000, 1_000_000);
const HOST_IDLE = stat(1000, 1_000_000 + 64_000);
const CONTAINER: Tree = {
  "/.dockerenv": "",
  "/proc/1/cgroup": "0::/\n",
  "/proc/stat": stat(1000, 1_000_000),
};
const GROUP = "/sys/fs/cgroup";

function metricsOf(tree: Tree) {
  const clock = createFakeClock();
  const probe = createFileSystemProbe(() => Promise.reject(new Error("none")), 1_000);
  return { clock, metrics: createLinuxMetrics(createMemorySystemFiles(tree), probe, clock) };
}

/** The processor's share after ten seconds in which the files changed as `then` says. */
async function cpuOf(first: Tree, then: Tree) {
  const tree = { ...CONTAINER, ...first };
  const { clock, metrics } = metricsOf(tree);
  const collector = createCpuCollector(metrics);
  const { signal } = new AbortController();
  await collector.collect(signal);
  Object.assign(tree, then);
  await clock.advance(ELAPSED_MS);
  const result = await collector.collect(signal);
  return result.kind === "value" ? result.value.metrics?.cpu : result;
}

const used = (milliseconds: number) => `usage_usec ${5_000_000 + milliseconds * 1000}\nuser_usec 1\n`;

describe("a container's processor time is its own", () => {
  const oneCpu = { [`${GROUP}/cpu.max`]: "100000 100000\n", [`${GROUP}/cpu.stat`]: used(0) };

  it.each<[string, Tree, Tree, number]>([
    [
      "all of its CPU, host idle",
      oneCpu,
      { "/proc/stat": HOST_IDLE, [`${GROUP}/cpu.stat`]: used(10_000) },
      100,
    ],
    ["idle, host busy", oneCpu, { "/proc/stat": HOST_BUSY }, 0],
    [
      "half of two and a half CPUs",
      { ...oneCpu, [`${GROUP}/cpu.max`]: "250000 100000\n" },
      { [`${GROUP}/cpu.stat`]: used(12_500) },
      50,
    ],
    [
      "two of four CPUs of its set",
      {
        [`${GROUP}/cpu.max`]: "max 100000\n",
        [`${GROUP}/cpuset.cpus.effective`]: "0-1,8,10\n",
        [`${GROUP}/cpu.stat`]: used(0),
      },
      { [`${GROUP}/cpu.stat`]: used(20_000) },
      50,
    ],
    [
      "half of its host without a limit",
      { [`${GROUP}/cpu.stat`]: used(0) },
      { [`${GROUP}/cpu.stat`]: used(320_000) },
      50,
    ],
    [
      "half of its quota by control groups of version 1",
      {
        "/proc/1/cgroup": "4:cpu,cpuacct:/docker/1f2e\n",
        [`${GROUP}/cpu,cpuacct/cpu.cfs_quota_us`]: "200000\n",
        [`${GROUP}/cpu,cpuacct/cpu.cfs_period_us`]: "100000\n",
        [`${GROUP}/cpu,cpuacct/cpuacct.usage`]: "7000000000\n",
      },
      { [`${GROUP}/cpu,cpuacct/cpuacct.usage`]: "17000000000\n", "/proc/stat": HOST_BUSY },
      50,
    ],
    [
      "no quota in version 1",
      {
        [`${GROUP}/cpu/cpu.cfs_quota_us`]: "-1\n",
        [`${GROUP}/cpu/cpu.cfs_period_us`]: "100000\n",
        [`${GROUP}/cpuset/cpuset.cpus`]: "3\n",
        [`${GROUP}/cpuacct/cpuacct.usage`]: "0\n",
      },
      { [`${GROUP}/cpuacct/cpuacct.usage`]: "10000000000\n" },
      100,
    ],
    [
      "a container that sees its host's groups",
      {
        "/proc/1/cgroup": "0::/system.slice/docker-1f2e.scope\n",
        [`${GROUP}/cpu.stat`]: used(0),
        [`${GROUP}/system.slice/docker-1f2e.scope/cpu.stat`]: used(0),
        [`${GROUP}/system.slice/docker-1f2e.scope/cpu.max`]: "100000 100000\n",
      },
      {
        [`${GROUP}/cpu.stat`]: used(640_000),
        [`${GROUP}/system.slice/docker-1f2e.scope/cpu.stat`]: used(5_000),
      },
      50,
    ],
    ["a group without usage: /proc/stat of lxcfs", {}, { "/proc/stat": stat(2000, 1_001_000) }, 50],
  ])("%s", async (_, first, then, expected) => {
    expect(await cpuOf(first, then)).toBeCloseTo(expected, 1);
  });

  it("uses the current limit when it changes between readings", async () => {
    const tree: Tree = { ...CONTAINER, ...oneCpu };
    const { clock, metrics } = metricsOf(tree);
    await metrics.cpuTimes();
    await clock.advance(ELAPSED_MS);
    await metrics.cpuTimes();
    tree[`${GROUP}/cpu.max`] = "400000 100000\n";
    await clock.advance(ELAPSED_MS);
    expect((await metrics.cpuTimes()).total).toBe(50_000);
  });
});

describe("a container's other values are its own or null", () => {
  it("does not report its host's load, unless lxcfs provides the file", async () => {
    const load = { ...CONTAINER, "/proc/loadavg": "63.10 60.00 59.00 64/4000 1\n" };
    expect(await metricsOf(load).metrics.loadAverage()).toBeNull();
    const drawn = "80 70 0:55 / /proc/loadavg rw - fuse.lxcfs lxcfs rw\n";
    expect(await metricsOf({ ...load, "/proc/self/mountinfo": drawn }).metrics.loadAverage()).toBe(63.1);
  });

  it("does not report the disk traffic of its host", async () => {
    const tree: Tree = {
      ...CONTAINER,
      "/proc/diskstats": "   8       0 sda 100 0 800 0 100 0 800 0 0 0 0\n",
      "/sys/block/sda/device": "-> ../../pci",
    };
    expect(await metricsOf(tree).metrics.disks()).toBeNull();
    Object.assign(tree, {
      "/sys/dev/block/8:0/device": "-> ../../pci",
      [`${GROUP}/io.stat`]: "8:0 rbytes=1000 wbytes=10 rios=1\n253:0 rbytes=1000 wbytes=10 rios=1\n",
    });
    const { metrics } = metricsOf(tree);
    await metrics.disks();
    tree[`${GROUP}/io.stat`] = "8:0 rbytes=5000 wbytes=30 rios=1\n253:0 rbytes=5000 wbytes=30 rios=1\n";
    expect(await metrics.disks()).toEqual({ inBytes: 4000, outBytes: 20 });
  });

  it("reads disks by control groups of version 1", async () => {
    const file = `${GROUP}/blkio/blkio.throttle.io_service_bytes`;
    const tree: Tree = { ...CONTAINER, [file]: "8:0 Read 100\n8:0 Write 10\n8:0 Total 110\nTotal 110\n" };
    const { metrics } = metricsOf(tree);
    await metrics.disks();
    tree[file] = "8:0 Read 400\n8:0 Write 30\n8:0 Total 430\nTotal 430\n";
    expect(await metrics.disks()).toEqual({ inBytes: 300, outBytes: 20 });
  });

  it.each([
    ["a limit", "104857600\n", "52428800\n", 104_857_600, 52_428_800],
    ["no swap at all", "0\n", "0\n", 0, 0],
    ["no limit", "max\n", "1048576\n", 2_048_000_000, 1_048_576],
  ])("reports its own swap: %s", async (_, max, current, total, swapUsed) => {
    const { metrics } = metricsOf({
      ...CONTAINER,
      "/proc/meminfo":
        "MemTotal: 8000000 kB\nMemFree: 1 kB\nMemAvailable: 6000000 kB\nSwapTotal: 2000000 kB\nSwapFree: 0 kB\n",
      [`${GROUP}/memory.max`]: "1073741824\n",
      [`${GROUP}/memory.current`]: "1000\n",
      [`${GROUP}/memory.swap.max`]: max,
      [`${GROUP}/memory.swap.current`]: current,
    });
    expect(await metrics.memory()).toMatchObject({ swapTotalBytes: total, swapUsedBytes: swapUsed });
  });
});
