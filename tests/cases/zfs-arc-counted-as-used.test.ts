import { describe, expect, it } from "vitest";
import { createMemoryCollector } from "../../desktop-agent/src/collectors/processor.collector.ts";
import { createFileSystemProbe } from "../../desktop-agent/src/platform/file-system-probe.ts";
import { createLinuxMetrics } from "../../desktop-agent/src/platform/linux/linux-metrics.ts";
import { createMemorySystemFiles } from "../../desktop-agent/src/platform/testing/memory-system-files.ts";

const GIB = 1024 ** 3;
const meminfo = (totalGib: number, availableGib: number) =>
  [
    `MemTotal: ${totalGib * 1024 ** 2} kB`,
    "MemFree: 1024 kB",
    `MemAvailable: ${availableGib * 1024 ** 2} kB`,
  ].join("\n");
// The head and the columns of OpenZFS' kstat.
const arcstats = (least: number, size: number) =>
  `13 1 0x01 123 33456 1 2
name                            type data
hits                            4    1
c                               4    ${60 * GIB}
c_min                           4    ${least}
c_max                           4    ${60 * GIB}
size                            4    ${size}
`;
const HOST = { "/proc/2/comm": "kthreadd\n" };
const ARC = "/proc/spl/kstat/zfs/arcstats";

async function memoryOf(tree: Record<string, string>) {
  const probe = createFileSystemProbe(() => Promise.reject(new Error("none")), 1_000);
  const metrics = createLinuxMetrics(createMemorySystemFiles(tree), probe);
  const result = await createMemoryCollector(metrics).collect(new AbortController().signal);
  return result.kind === "value" ? result.value.metrics?.memory : result;
}

describe("the cache of ZFS", () => {
  it.each<[string, Record<string, string>, number]>([
    [
      "is available down to c_min",
      { "/proc/meminfo": meminfo(64, 5), [ARC]: arcstats(2 * GIB, 55 * GIB) },
      9.4,
    ],
    [
      "is in use when it is not larger than c_min",
      { "/proc/meminfo": meminfo(64, 5), [ARC]: arcstats(2 * GIB, GIB) },
      92.2,
    ],
    [
      "never makes more available than the total",
      { "/proc/meminfo": meminfo(8, 7), [ARC]: arcstats(0, 55 * GIB) },
      0,
    ],
    [
      "counts as in use when c_min is missing",
      { "/proc/meminfo": meminfo(64, 5), [ARC]: "size 4 1\n" },
      92.2,
    ],
  ])("%s", async (_, tree, expected) => {
    expect(await memoryOf({ ...HOST, ...tree })).toBeCloseTo(expected, 1);
  });

  const small = { "/proc/meminfo": meminfo(2, 1), [ARC]: arcstats(2 * GIB, 55 * GIB) };
  it.each<[string, Record<string, string>]>([
    ["by its marker", { "/run/systemd/container": "lxc\n" }],
    ["that shows nothing but no kernel threads", {}],
    [
      "whose meminfo is drawn by lxcfs",
      { ...HOST, "/proc/self/mountinfo": "80 70 0:55 / /proc/meminfo rw - fuse.lxcfs lxcfs rw\n" },
    ],
  ])("is its host's in a container %s", async (_, tree) => {
    expect(await memoryOf({ ...small, ...tree })).toBe(50);
  });
});
