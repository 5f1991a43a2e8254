import { describe, expect, it } from "vitest";
import { createMemoryCollector } from "../../desktop-agent/src/collectors/processor.collector.ts";
import { createFileSystemProbe } from "../../desktop-agent/src/platform/file-system-probe.ts";
import { createLinuxMetrics } from "../../desktop-agent/src/platform/linux/linux-metrics.ts";
import { createMemorySystemFiles } from "../../desktop-agent/src/platform/testing/memory-system-files.ts";

const meminfo = (kibibytes: Record<string, number>) =>
  Object.entries(kibibytes)
    .map(([name, value]) => `${name}:${String(value).padStart(16)} kB\n`)
    .join("");

async function memoryOf(kibibytes: Record<string, number>) {
  const probe = createFileSystemProbe(() => Promise.reject(new Error("none")), 1_000);
  const files = createMemorySystemFiles({ "/proc/meminfo": meminfo(kibibytes) });
  const result = await createMemoryCollector(createLinuxMetrics(files, probe)).collect(
    new AbortController().signal,
  );
  return result.kind === "value" ? result.value.metrics : result;
}

const SWAP = { SwapTotal: 0, SwapFree: 0 };

describe("handles contradicting numbers of /proc/meminfo:", () => {
  it.each<[string, Record<string, number>, number]>([
    [
      "more available than there is",
      { MemTotal: 2_097_152, MemFree: 1_548_800, MemAvailable: 3_231_232, Buffers: 0, Cached: 0, ...SWAP },
      26.1,
    ],
    [
      "none available at all",
      { MemTotal: 998_384, MemFree: 500_000, Buffers: 1_000, Cached: 200_000, ...SWAP },
      29.8,
    ],
    [
      "memory that programs share, which is no copy of a file",
      {
        MemTotal: 1_000_000,
        MemFree: 300_000,
        Cached: 400_000,
        Shmem: 100_000,
        SReclaimable: 50_000,
        ...SWAP,
      },
      35,
    ],
    [
      "more free than there is",
      { MemTotal: 1_000_000, MemFree: 3_000_000, MemAvailable: 3_000_000, ...SWAP },
      0,
    ],
    [
      "0 available beside much that is free",
      { MemTotal: 1_000_000, MemFree: 600_000, MemAvailable: 0, Cached: 100_000, ...SWAP },
      30,
    ],
    [
      "nothing wrong",
      { MemTotal: 1_000_000, MemFree: 100_000, MemAvailable: 750_000, Cached: 1, ...SWAP },
      25,
    ],
  ])("%s", async (_, kibibytes, expected) => {
    expect((await memoryOf(kibibytes)) as object).toMatchObject({ memory: expected });
  });

  it("rejects when the total is missing or 0", async () => {
    await expect(memoryOf({ MemTotal: 0, MemFree: 5, ...SWAP })).rejects.toThrow("MemTotal");
    await expect(memoryOf({ MemFree: 5, ...SWAP })).rejects.toThrow("MemTotal");
  });
});
