import type { DeviceFault } from "@muster/shared/contracts/report.ts";
import type { FileSystemReading, MetricsPort } from "../platform/ports.ts";
import { cleanLine } from "./clean-line.ts";
import type { SampleCollector } from "./collector.ts";
import { fitMetrics, fitSeries } from "./fit-metrics.ts";
import { createMountExclusions, type MountExclusions } from "./mount-exclusions.ts";

const MAX_MOUNT_LENGTH = 200;
const MAX_HUNG = 20;
const MAX_FAULTS = 20;
const MAX_EXCLUDED = 50;

/** All file systems, the fullest one as the disk of the device, and those that hang. One that is excluded is none of them. */
export function createFileSystemsCollector(
  metrics: MetricsPort,
  exclusions: MountExclusions = createMountExclusions(),
): SampleCollector {
  return {
    name: "file-systems",
    section: "sample",
    timeoutMs: 5_000,
    async collect(signal) {
      const {
        readings,
        hung,
        readOnly = [],
        unreadable = [],
        excluded = [],
      } = await metrics.fileSystems(signal, exclusions.isExcluded);
      const [fullest] = fullestFirst(readings);
      const { metrics: fitting, facts } = fitMetrics({
        disk: fullest?.usedPercent,
        diskFree: fullest?.freeBytes,
      });
      const faults = [
        ...readOnly.flatMap((mount) => faultOf("read-only-mount", mount)),
        ...hung.flatMap((mount) => faultOf("hung-mount", mount)),
        ...unreadable.flatMap(({ mount, code }) => faultOf("unreadable", mount, code)),
        ...(facts?.faults ?? []),
      ].slice(0, MAX_FAULTS);
      return {
        kind: "value",
        value: {
          metrics: fitting,
          series: fitSeries(
            "fileSystem",
            fullestFirst(readings).map(({ mount, usedPercent, freeBytes }) => ({
              name: mount,
              values: { used: usedPercent, free: freeBytes },
            })),
          ),
          facts: {
            ...(faults.length > 0 && { faults }),
            diskMount: cleanLine(fullest?.mount, MAX_MOUNT_LENGTH),
            hungFileSystems: hung
              .slice(0, MAX_HUNG)
              .flatMap((mount) => cleanLine(mount, MAX_MOUNT_LENGTH) ?? []),
            excludedMounts: excluded
              .filter(exclusions.isExcludedHere)
              .slice(0, MAX_EXCLUDED)
              .flatMap((mount) => cleanLine(mount, MAX_MOUNT_LENGTH) ?? []),
          },
        },
      };
    },
  };
}

function faultOf(kind: DeviceFault["kind"], mount: string, code?: string): DeviceFault[] {
  const subject = cleanLine(mount, MAX_MOUNT_LENGTH);
  if (subject === undefined) return [];
  return [code === undefined ? { kind, subject } : { kind, subject, detail: code }];
}

function fullestFirst(readings: readonly FileSystemReading[]): FileSystemReading[] {
  return readings.toSorted((one, other) => other.usedPercent - one.usedPercent);
}
