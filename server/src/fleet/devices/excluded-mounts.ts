import type { ExcludedMount } from "@muster/shared/contracts/device.ts";
import type { FaultFacts } from "@muster/shared/health/fault-reasons.ts";
import { toInstant } from "../../platform/instant.ts";
import type { DeviceStateTable, DevicesTable } from "../fleet.tables.ts";
import { readFacts, readFaultFacts } from "../ingest/device-facts.ts";

/** A file system that a member excluded from monitoring; `at` is the wall time, `by` who it was at that time. */
export type StoredExclusion = { mount: string; by: string; at: number };

/** Reads the column `excluded_mounts`. Lists read thousands of them, nearly all of them empty. */
export function readExclusions(stored: string): StoredExclusion[] {
  if (stored === "[]") return [];
  const exclusions: StoredExclusion[] = JSON.parse(stored);
  return exclusions;
}

/** The mount points that a member excluded. */
export function excludedBy(stored: string): string[] {
  return readExclusions(stored).map(({ mount }) => mount);
}

type MonitoredColumns = Pick<DevicesTable, "facts" | "excluded_mounts"> &
  Pick<DeviceStateTable, "disk" | "disk_free">;
type Monitored = { disk: number | null; diskFree: number | null; faultFacts: FaultFacts | null };

/**
 * What counts for attention: nothing of a file system that is excluded, from the moment on at which a member excluded it. The agent leaves
 * it out from its next report on.
 */
export function monitoredOf(row: MonitoredColumns): Monitored {
  const faultFacts = readFaultFacts(row.facts);
  const excluded = new Set(excludedBy(row.excluded_mounts));
  if (excluded.size === 0) return { disk: row.disk, diskFree: row.disk_free, faultFacts };
  const isDiskExcluded = excluded.has(readFacts(row.facts).diskMount ?? "");
  return {
    disk: isDiskExcluded ? null : row.disk,
    diskFree: isDiskExcluded ? null : row.disk_free,
    faultFacts: faultFacts && {
      ...faultFacts,
      faults: faultFacts.faults.filter(({ subject }) => !excluded.has(subject)),
      hungFileSystems: faultFacts.hungFileSystems.filter((mount) => !excluded.has(mount)),
    },
  };
}

/** The excluded file systems of a device: by its administrator as its agent reports them, then by members. */
export function toExcludedMounts({ facts, excluded_mounts }: MonitoredColumns): ExcludedMount[] {
  return [
    ...readFacts(facts).excludedMounts.map((mount) => ({ mount, source: "device" as const })),
    ...readExclusions(excluded_mounts).map(({ mount, by, at }) => ({
      mount,
      source: "member" as const,
      by,
      at: toInstant(at),
    })),
  ];
}
