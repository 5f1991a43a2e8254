import type { FileSystemReading, MetricsPort } from "../platform/ports.ts";
import { cleanLine } from "./clean-line.ts";
import type { SampleCollector } from "./collector.ts";
import { fitMetrics } from "./fit-metrics.ts";

const MAX_MOUNT_LENGTH = 200;
const MAX_HUNG = 20;

/** The fullest file system, and those that hang. */
export function createFileSystemsCollector(metrics: MetricsPort): SampleCollector {
  return {
    name: "file-systems",
    section: "sample",
    timeoutMs: 5_000,
    async collect(signal) {
      const { readings, hung } = await metrics.fileSystems(signal);
      const fullest = findFullest(readings);
      return {
        kind: "value",
        value: {
          metrics: fitMetrics({ disk: fullest?.usedPercent, diskFree: fullest?.freeBytes }),
          facts: {
            diskMount: cleanLine(fullest?.mount, MAX_MOUNT_LENGTH),
            hungFileSystems: hung
              .slice(0, MAX_HUNG)
              .flatMap((mount) => cleanLine(mount, MAX_MOUNT_LENGTH) ?? []),
          },
        },
      };
    },
  };
}

function findFullest(readings: readonly FileSystemReading[]): FileSystemReading | undefined {
  return readings.reduce<FileSystemReading | undefined>(
    (fullest, reading) =>
      fullest === undefined || reading.usedPercent > fullest.usedPercent ? reading : fullest,
    undefined,
  );
}
