import { parseCount, required } from "../reading-values.ts";
import type { MemoryReading } from "../ports.ts";
import { readLegacyGroup, readUnifiedGroup } from "./control-group.ts";
import { isProvidedByLxcfs, seesKernelThreads } from "./detect-virtualization.ts";
import type { SystemFiles } from "./system-files.ts";

/**
 * Reads memory and swap. In a container with a limit below the machine's memory the limit is the total.
 * @throws when the kernel does not report the available memory.
 */
export function readMemory(files: SystemFiles): MemoryReading {
  const meminfo = parseMeminfo(files.read("/proc/meminfo") ?? "");
  const totalBytes = required(meminfo.total, "MemTotal in /proc/meminfo");
  const availableBytes = required(meminfo.available, "MemAvailable in /proc/meminfo");
  const container = readContainer(files, totalBytes);
  const swapTotalBytes = meminfo.swapTotal ?? 0;
  const swap = {
    swapTotalBytes,
    swapUsedBytes: Math.max(0, swapTotalBytes - (meminfo.swapFree ?? swapTotalBytes)),
  };
  if (container !== undefined) {
    const {
      swapTotalBytes: most = swap.swapTotalBytes,
      swapUsedBytes: used = swap.swapUsedBytes,
      ...share
    } = container;
    const limit = Math.min(most, swap.swapTotalBytes);
    return { ...share, swapTotalBytes: limit, swapUsedBytes: Math.min(used, limit) };
  }
  return {
    totalBytes,
    availableBytes: Math.min(totalBytes, availableBytes + readEvictableCache(files)),
    ...swap,
  };
}

/** Bytes of memory that this machine or container has; undefined when the kernel does not report it. */
export function readTotalMemory(files: SystemFiles): number | undefined {
  const total = parseMeminfo(files.read("/proc/meminfo") ?? "").total;
  return total === undefined ? undefined : (readContainer(files, total)?.totalBytes ?? total);
}

// ZFS frees its cache on demand down to c_min, but the kernel does not count it as available. A container sees the cache of its host,
// which is not its own.
function readEvictableCache(files: SystemFiles): number {
  const stats = files.read("/proc/spl/kstat/zfs/arcstats");
  if (stats === undefined || !seesKernelThreads(files) || isProvidedByLxcfs(files, "/proc/meminfo")) return 0;
  const size = parseCount(/^size +\d+ +(\d+)$/m.exec(stats)?.[1]);
  const least = parseCount(/^c_min +\d+ +(\d+)$/m.exec(stats)?.[1]);
  return size === undefined || least === undefined ? 0 : Math.max(0, size - least);
}

type Share = {
  totalBytes: number;
  availableBytes: number;
  /** Undefined when the group reports no swap. */
  swapTotalBytes?: number;
  swapUsedBytes?: number;
};

/** The share of a container with a limit below the machine's memory. On a host the topmost group has no limit, or an endless one. */
function readContainer(files: SystemFiles, machineBytes: number): Share | undefined {
  const unified = (name: string) => readUnifiedGroup(files, name);
  const legacy = (name: string) => readLegacyGroup(files, "memory", name);
  const share =
    readShare(unified, machineBytes, ["memory.max", "memory.current"]) ??
    readShare(legacy, machineBytes, ["memory.limit_in_bytes", "memory.usage_in_bytes"]);
  if (share === undefined) return undefined;
  const swapUsedBytes = parseCount(unified("memory.swap.current"));
  const swapLimit = unified("memory.swap.max");
  const swapTotalBytes = swapLimit === "max" ? Number.POSITIVE_INFINITY : parseCount(swapLimit);
  return { ...share, swapTotalBytes, swapUsedBytes };
}

function readShare(
  read: (name: string) => string | undefined,
  machineBytes: number,
  [limit, usage]: readonly [string, string],
): Share | undefined {
  const totalBytes = parseCount(read(limit));
  if (totalBytes === undefined || totalBytes === 0 || totalBytes >= machineBytes) return undefined;
  const usedBytes = parseCount(read(usage));
  if (usedBytes === undefined) return undefined;
  // Inactive page cache is freed on demand, so it counts as available.
  const cacheBytes = parseInactiveFile(read("memory.stat") ?? "");
  return {
    totalBytes,
    availableBytes: Math.min(totalBytes, Math.max(0, totalBytes - usedBytes + cacheBytes)),
  };
}

function parseInactiveFile(stat: string): number {
  const match = /^total_inactive_file (\d+)$/m.exec(stat) ?? /^inactive_file (\d+)$/m.exec(stat);
  return parseCount(match?.[1]) ?? 0;
}

/** Bytes; undefined where the kernel's line is missing or not a number. */
type Meminfo = {
  total: number | undefined;
  /** What programs can have without swapping; never more than the total. */
  available: number | undefined;
  swapTotal: number | undefined;
  swapFree: number | undefined;
};

/** Reads /proc/meminfo. */
function parseMeminfo(text: string): Meminfo {
  const bytesOf = (name: string) => {
    const kibibytes = parseCount(new RegExp(`^${name}: +(\\d+) kB$`, "m").exec(text)?.[1]);
    return kibibytes === undefined ? undefined : kibibytes * 1024;
  };
  const total = bytesOf("MemTotal") || undefined;
  return {
    total,
    available: availableOf(total, bytesOf),
    swapTotal: bytesOf("SwapTotal"),
    swapFree: bytesOf("SwapFree"),
  };
}

// In a container MemAvailable may be the host's while the total is the container's own, and kernels before 3.14 do not report it. Then
// free memory plus page cache replaces it.
function availableOf(total: number | undefined, bytesOf: (name: string) => number | undefined) {
  const available = bytesOf("MemAvailable");
  const free = bytesOf("MemFree");
  if (total === undefined || free === undefined) return available;
  if (available !== undefined && available > 0 && available <= total) return available;
  const files = (bytesOf("Cached") ?? 0) + (bytesOf("SReclaimable") ?? 0) - (bytesOf("Shmem") ?? 0);
  return Math.min(total, free + (bytesOf("Buffers") ?? 0) + Math.max(0, files));
}
