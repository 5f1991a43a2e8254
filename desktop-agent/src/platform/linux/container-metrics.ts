import { parseCount } from "../reading-values.ts";
import type { Clock, CpuTimes, Throughput } from "../ports.ts";
import { readLegacyGroup, readUnifiedGroup } from "./control-group.ts";
import type { SystemFiles } from "./system-files.ts";

/**
 * Makes a reader of a container's CPU time since the first reading: what its control group used of what it may use. /proc/stat shows
 * the host. Undefined when the group reports no usage.
 */
export function createContainerCpu(
  files: SystemFiles,
  clock: Pick<Clock, "monotonicMs">,
): () => CpuTimes | undefined {
  let last: { atMs: number; usedMs: number } | undefined;
  const sum: CpuTimes = { busy: 0, total: 0 };
  return () => {
    const usedMs = readUsedMs(files);
    if (usedMs === undefined) return undefined;
    const now = { atMs: clock.monotonicMs(), usedMs };
    if (last !== undefined && now.usedMs >= last.usedMs) {
      sum.busy += now.usedMs - last.usedMs;
      // Summed up step by step, because the limit may change while the container runs.
      sum.total += (now.atMs - last.atMs) * usableCpus(files);
    }
    last = now;
    return { ...sum };
  };
}

function readUsedMs(files: SystemFiles): number | undefined {
  const unified = /^usage_usec (\d+)$/m.exec(readUnifiedGroup(files, "cpu.stat") ?? "")?.[1];
  const microseconds = parseCount(unified);
  if (microseconds !== undefined) return microseconds / 1000;
  const nanoseconds = parseCount(readLegacyGroup(files, "cpuacct", "cpuacct.usage"));
  return nanoseconds === undefined ? undefined : nanoseconds / 1e6;
}

/** How many CPUs the container may use at the same time: the minimum of its quota, its cpuset and the CPUs present. */
function usableCpus(files: SystemFiles): number {
  const present = files.read("/proc/stat")?.match(/^cpu\d+ /gm)?.length ?? 0;
  const limits = [present, readQuota(files), readSet(files)].filter((limit) => limit > 0);
  return limits.length === 0 ? 1 : Math.min(...limits);
}

// 0: no quota ("max 100000", or -1 of version 1).
function readQuota(files: SystemFiles): number {
  const [quota, period] = readUnifiedGroup(files, "cpu.max")?.split(/\s+/) ?? [
    readLegacyGroup(files, "cpu", "cpu.cfs_quota_us"),
    readLegacyGroup(files, "cpu", "cpu.cfs_period_us"),
  ];
  const share = (parseCount(quota) ?? 0) / (parseCount(period) ?? 0);
  return Number.isFinite(share) ? share : 0;
}

// "0-3,8,10-11"; 0: no set.
function readSet(files: SystemFiles): number {
  const text =
    readUnifiedGroup(files, "cpuset.cpus.effective") ??
    readLegacyGroup(files, "cpuset", "cpuset.effective_cpus") ??
    readLegacyGroup(files, "cpuset", "cpuset.cpus") ??
    "";
  let count = 0;
  for (const range of text.split(",")) {
    const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range.trim()) ?? [];
    if (first !== undefined) count += Math.max(0, Number(last) - Number(first) + 1);
  }
  return count;
}

/** Bytes that a container read and wrote, by disk; /proc/diskstats shows its host. Empty when its control group reports none. */
export function readContainerDisks(files: SystemFiles): Map<string, Throughput> {
  const counters =
    parseUnified(readUnifiedGroup(files, "io.stat")) ??
    parseLegacy(readLegacyGroup(files, "blkio", "blkio.throttle.io_service_bytes")) ??
    new Map<string, Throughput>();
  // A volume made of disks repeats their bytes.
  const whole = [...counters].filter(([device]) => files.has(`/sys/dev/block/${device}/device`));
  return whole.length > 0 ? new Map(whole) : counters;
}

// "8:0 rbytes=90112 wbytes=4096 rios=22 ..."
function parseUnified(text: string | undefined): Map<string, Throughput> | undefined {
  if (text === undefined) return undefined;
  const counters = new Map<string, Throughput>();
  for (const line of text.split("\n")) {
    const device = /^(\d+:\d+) /.exec(line)?.[1];
    const inBytes = parseCount(/ rbytes=(\d+)/.exec(line)?.[1]);
    const outBytes = parseCount(/ wbytes=(\d+)/.exec(line)?.[1]);
    if (device !== undefined && inBytes !== undefined && outBytes !== undefined)
      counters.set(device, { inBytes, outBytes });
  }
  return counters;
}

// "8:0 Read 90112", and a line for each other kind of access.
function parseLegacy(text: string | undefined): Map<string, Throughput> | undefined {
  if (text === undefined) return undefined;
  const counters = new Map<string, Throughput>();
  for (const line of text.split("\n")) {
    const [, device, kind, bytes] = /^(\d+:\d+) (Read|Write) (\d+)$/.exec(line) ?? [];
    const count = parseCount(bytes);
    if (device === undefined || count === undefined) continue;
    const before = counters.get(device) ?? { inBytes: 0, outBytes: 0 };
    counters.set(device, kind === "Read" ? { ...before, inBytes: count } : { ...before, outBytes: count });
  }
  return counters;
}
