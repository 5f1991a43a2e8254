import type { Collector } from "./collector.ts";
import { createFileSystemsCollector } from "./file-systems.collector.ts";
import { createInventoryCollector } from "./inventory.collector.ts";
import { createRebootRequiredCollector, createSessionCollector } from "./operating-system.collector.ts";
import { createCpuCollector, createLoadCollector, createMemoryCollector } from "./processor.collector.ts";
import { createBatteryCollector, createTemperatureCollector } from "./sensors.collector.ts";
import { createServicesCollector } from "./services.collector.ts";
import { createDiskThroughputCollector, createNetworkCollector } from "./throughput.collector.ts";
import type { Platform } from "../platform/ports.ts";
import type { MountExclusions } from "./mount-exclusions.ts";

/** Every collector of the agent, one per section of the report. */
export function createCollectors(
  { metrics, inventory, sessions, services, clock }: Platform,
  exclusions?: MountExclusions,
): Collector[] {
  return [
    createCpuCollector(metrics),
    createMemoryCollector(metrics),
    createLoadCollector(metrics),
    createFileSystemsCollector(metrics, exclusions),
    createNetworkCollector(metrics, clock),
    createDiskThroughputCollector(metrics, clock),
    createTemperatureCollector(metrics),
    createBatteryCollector(metrics),
    createRebootRequiredCollector(metrics),
    createSessionCollector(sessions),
    createServicesCollector(services),
    createInventoryCollector(inventory),
  ];
}
