import os from "node:os";
import type { FileSystemProbe } from "../file-system-probe.ts";
import { deriveClass } from "../guess-class.ts";
import { readNetworkInterfaces } from "../network-interfaces.ts";
import type { Clock, InventoryPort } from "../ports.ts";
import { createRouteSource } from "../route-source.ts";
import { createSteadyInstant } from "../steady-instant.ts";
import { readBootTime } from "./boot-time.ts";
import { detectVirtualization, type Virtualization } from "./detect-virtualization.ts";
import { listDisks } from "./list-disks.ts";
import { parseCpuinfo } from "./parse-cpuinfo.ts";
import { parseOsRelease } from "./parse-os-release.ts";
import { isHostEnd, physicalInterfaces } from "./physical-interfaces.ts";
import { findBatteries } from "./read-battery.ts";
import { readHardware } from "./read-hardware.ts";
import { readTotalMemory } from "./read-memory.ts";
import { readTimeZone } from "./read-time-zone.ts";
import type { SystemFiles } from "./system-files.ts";

export function createLinuxInventory(
  files: SystemFiles,
  probe: FileSystemProbe,
  clock: Clock,
): InventoryPort {
  const bootedAt = createSteadyInstant();
  const routes = createRouteSource();
  return {
    routeTo: routes.routeTo,
    async read(signal) {
      const virtualization = detectVirtualization(files);
      const hardware = readHardware(files);
      const hasBattery = findBatteries(files).length > 0;
      const own = physicalInterfaces(files, files.list("/sys/class/net"));
      const inUse = await routes.addressesInUse();
      const booted = readBootTime(files, virtualization.kind === "container");
      return {
        hostname: os.hostname(),
        os: readOs(files),
        hardware: {
          ...hardware,
          virtualization: nameOf(virtualization),
          cpu: readCpu(files),
          memoryBytes: readTotalMemory(files) ?? os.totalmem(),
          hasBattery,
        },
        ...deriveClass({
          chassis: hardware.chassis,
          virtualization: nameOf(virtualization),
          hasBattery,
          hasDesktop: files.has("/etc/systemd/system/display-manager.service"),
        }),
        disks: await listDisks(files, probe, signal),
        networkInterfaces: readNetworkInterfaces({
          // Host ends of containers come and go with them and do not describe the machine.
          isListed: (name) => own.has(name) || !isHostEnd(name),
          isHardware: (name) => own.has(name),
          inUse,
        }),
        bootedAt: bootedAt(booted ?? clock.wallMs() - clock.sinceBootMs()),
        timeZone: readTimeZone(files),
      };
    },
  };
}

function nameOf(virtualization: Virtualization): string | undefined {
  if (virtualization.kind === "none") return undefined;
  return virtualization.kind === "vm" ? virtualization.name : "container";
}

function readOs(files: SystemFiles) {
  const release = parseOsRelease(files.read("/etc/os-release") ?? files.read("/usr/lib/os-release") ?? "");
  return {
    family: "linux" as const,
    name: release.get("PRETTY_NAME") ?? release.get("NAME") ?? "Linux",
    version: release.get("VERSION_ID"),
    build: release.get("BUILD_ID"),
    kernel: files.read("/proc/sys/kernel/osrelease")?.trim(),
    arch: os.arch(),
  };
}

function readCpu(files: SystemFiles) {
  const { model, cores, threads } = parseCpuinfo(files.read("/proc/cpuinfo") ?? "");
  return { model: model ?? "unknown", cores: Math.max(1, cores), threads: Math.max(1, threads) };
}
