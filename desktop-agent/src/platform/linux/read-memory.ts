import { parseCount, required } from "../figures.ts";
import type { MemoryReading } from "../ports.ts";
import { parseMeminfo } from "./parse-meminfo.ts";
import type { SystemFiles } from "./system-files.ts";

/**
 * Reads memory and swap. In a container with a limit below the machine's memory the limit is the total.
 * @throws when the kernel does not tell what is available.
 */
export function readMemory(files: SystemFiles): MemoryReading {
  const meminfo = parseMeminfo(files.read("/proc/meminfo") ?? "");
  const machine = {
    totalBytes: required(meminfo.total, "MemTotal in /proc/meminfo"),
    availableBytes: required(meminfo.available, "MemAvailable in /proc/meminfo"),
  };
  const container = readContainer(files);
  const swapTotalBytes = meminfo.swapTotal ?? 0;
  return {
    ...(container !== undefined && container.totalBytes < machine.totalBytes ? container : machine),
    swapTotalBytes,
    swapUsedBytes: Math.max(0, swapTotalBytes - (meminfo.swapFree ?? swapTotalBytes)),
  };
}

/** Bytes of memory that this machine or container has; undefined when the kernel does not tell. */
export function readTotalMemory(files: SystemFiles): number | undefined {
  const total = parseMeminfo(files.read("/proc/meminfo") ?? "").total;
  const limit = readContainer(files)?.totalBytes;
  return total !== undefined && limit !== undefined ? Math.min(total, limit) : total;
}

type Share = { totalBytes: number; availableBytes: number };

// These files name the container's own limit; on a host the topmost group has none, or an endless one.
function readContainer(files: SystemFiles): Share | undefined {
  const unified = readGroup(files, "/sys/fs/cgroup", ["memory.max", "memory.current"]);
  return (
    unified ?? readGroup(files, "/sys/fs/cgroup/memory", ["memory.limit_in_bytes", "memory.usage_in_bytes"])
  );
}

function readGroup(
  files: SystemFiles,
  folder: string,
  [limit, usage]: readonly [string, string],
): Share | undefined {
  const totalBytes = parseCount(files.read(`${folder}/${limit}`)?.trim());
  const usedBytes = parseCount(files.read(`${folder}/${usage}`)?.trim());
  if (totalBytes === undefined || totalBytes === 0 || usedBytes === undefined) return undefined;
  // Page cache that nobody used lately is given back on demand, so it is available.
  const cacheBytes = parseInactiveFile(files.read(`${folder}/memory.stat`) ?? "");
  return {
    totalBytes,
    availableBytes: Math.min(totalBytes, Math.max(0, totalBytes - usedBytes + cacheBytes)),
  };
}

function parseInactiveFile(stat: string): number {
  const match = /^total_inactive_file (\d+)$/m.exec(stat) ?? /^inactive_file (\d+)$/m.exec(stat);
  return parseCount(match?.[1]) ?? 0;
}
