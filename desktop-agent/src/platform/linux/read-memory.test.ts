import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { readMemory, readTotalMemory } from "./read-memory.ts";

const MEMINFO = [
  "MemTotal:       8000000 kB",
  "MemFree:        1000000 kB",
  "MemAvailable:   6000000 kB",
  "SwapTotal:      2000000 kB",
  "SwapFree:       1500000 kB",
].join("\n");
const memoryOf = (table: Record<string, string>) =>
  readMemory(createMemorySystemFiles({ "/proc/meminfo": MEMINFO, ...table }));

describe("readMemory", () => {
  it("reads available memory and used swap", () => {
    expect(memoryOf({})).toEqual({
      totalBytes: 8_192_000_000,
      availableBytes: 6_144_000_000,
      swapTotalBytes: 2_048_000_000,
      swapUsedBytes: 512_000_000,
    });
  });

  it.each([
    [
      "version 2",
      "/sys/fs/cgroup/memory.max",
      "/sys/fs/cgroup/memory.current",
      "/sys/fs/cgroup/memory.stat",
      "inactive_file 50\n",
    ],
    [
      "version 1",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes",
      "/sys/fs/cgroup/memory/memory.usage_in_bytes",
      "/sys/fs/cgroup/memory/memory.stat",
      "inactive_file 1\ntotal_inactive_file 50\n",
    ],
  ])(
    "applies a container's limit by control groups of %s, and counts its idle cache as available",
    (_, max, current, stat, text) => {
      const table = { [max]: "1000\n", [current]: "400\n", [stat]: `anon 7\n${text}` };
      expect(memoryOf(table)).toMatchObject({ totalBytes: 1_000, availableBytes: 650 });
      expect(readTotalMemory(createMemorySystemFiles({ "/proc/meminfo": MEMINFO, ...table }))).toBe(1_000);
    },
  );

  it.each(["max\n", "9223372036854771712\n"])("recognises a group without a limit: %j", (max) => {
    const table = { "/sys/fs/cgroup/memory.max": max, "/sys/fs/cgroup/memory.current": "400\n" };
    expect(memoryOf(table).totalBytes).toBe(8_192_000_000);
  });
});
