import { parseCount } from "../reading-values.ts";
import type { Clock, CpuTimes } from "../ports.ts";
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
