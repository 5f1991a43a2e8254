import type { Platform } from "../platform/ports.ts";
import { createBatteryCollector } from "./battery.collector.ts";
import type { Collector } from "./collector.ts";
import { createCpuCollector } from "./cpu.collector.ts";
import { createDiskThroughputCollector } from "./disk-throughput.collector.ts";
import { createFileSystemsCollector } from "./file-systems.collector.ts";
import { createInventoryCollector } from "./inventory.collector.ts";
import { createLoadCollector } from "./load.collector.ts";
import { createMemoryCollector } from "./memory.collector.ts";
import { createNetworkCollector } from "./network.collector.ts";
import { createRebootRequiredCollector } from "./reboot-required.collector.ts";
import { createSessionCollector } from "./session.collector.ts";
import { createTemperatureCollector } from "./temperature.collector.ts";

/** Every collector of the agent, one per section of the report. */
export function createCollectors({ metrics, inventory, sessions, clock }: Platform): Collector[] {
  return [
    createCpuCollector(metrics),
    createMemoryCollector(metrics),
    createLoadCollector(metrics),
    createFileSystemsCollector(metrics),
    createNetworkCollector(metrics, clock),
    createDiskThroughputCollector(metrics, clock),
    createTemperatureCollector(metrics),
    createBatteryCollector(metrics),
    createRebootRequiredCollector(metrics),
    createSessionCollector(sessions),
    createInventoryCollector(inventory),
  ];
}
