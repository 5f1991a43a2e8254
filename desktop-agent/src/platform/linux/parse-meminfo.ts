import { parseCount } from "../reading-values.ts";

/** Bytes; undefined where the kernel's line is missing or not a number. */
export type Meminfo = {
  total: number | undefined;
  /** What programs can have without swapping; never more than the total. */
  available: number | undefined;
  swapTotal: number | undefined;
  swapFree: number | undefined;
};

/** Reads /proc/meminfo. */
export function parseMeminfo(text: string): Meminfo {
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
