import os from "node:os";
import type { FileSystemProbe } from "../file-system-probe.ts";
import { deriveClass } from "../guess-class.ts";
import { readNetworkInterfaces } from "../network-interfaces.ts";
import type { Clock, InventoryPort } from "../ports.ts";
import { createRouteSource } from "../route-source.ts";
import { createSteadyInstant } from "../steady-instant.ts";
import { detectVirtualization, type Virtualization } from "./detect-virtualization.ts";
import { parseCpuinfo, readHardware } from "./read-hardware.ts";
import { isHostEnd, physicalInterfaces } from "./physical-interfaces.ts";
import { findBatteries } from "./read-battery.ts";
import { readTotalMemory } from "./read-memory.ts";
import type { SystemFiles } from "./system-files.ts";
import { parseCount } from "../reading-values.ts";
import { parseProcessStart } from "./parse-process-start.ts";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import { chooseMounts } from "./choose-mounts.ts";
import { isRemovable } from "./is-removable.ts";
import { parseMountinfo } from "./parse-mountinfo.ts";
import { readMountinfo } from "./read-mountinfo.ts";

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

// Fixed by the kernel for everything it shows to programs.
const TICKS_PER_SECOND = 100;

/** When the kernel started, or the container's first process, in epoch milliseconds. */
function readBootTime(files: SystemFiles, isContainer: boolean): number | undefined {
  const seconds = parseCount(/^btime (\d{1,11})$/m.exec(files.read("/proc/stat") ?? "")?.[1]);
  // 0: the clock was not set yet.
  if (seconds === undefined || seconds === 0) return undefined;
  const ticks = isContainer ? parseProcessStart(files.read("/proc/1/stat") ?? "") : 0;
  return Math.round((seconds + (ticks ?? 0) / TICKS_PER_SECOND) * 1000);
}

/** The local writable file systems with their sizes, removable ones included. One that hangs is left out. */
async function listDisks(
  files: SystemFiles,
  probe: FileSystemProbe,
  signal: AbortSignal,
): Promise<Inventory["disks"]> {
  const mounts = chooseMounts(parseMountinfo(readMountinfo(files) ?? ""));
  const { readings } = await probe.measure(
    mounts.map(({ mountPoint, type }) => ({ mount: mountPoint, type })),
    signal,
  );
  return readings.map(({ mount, type, sizeBytes }) => {
    const source = mounts.find(({ mountPoint }) => mountPoint === mount);
    return {
      mount,
      type,
      sizeBytes,
      device: source?.source,
      removable: source !== undefined && isRemovable(files, source),
    };
  });
}

/** Reads /etc/os-release: assignments in the syntax of the shell, as text by name. */
export function parseOsRelease(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim());
    if (match?.[1] !== undefined && match[2] !== undefined) values.set(match[1], unquote(match[2]));
  }
  return values;
}

function unquote(text: string): string {
  const quote = text[0];
  if (quote === "'" && text.endsWith("'")) return text.slice(1, -1);
  const inner = quote === '"' && text.length > 1 && text.endsWith('"') ? text.slice(1, -1) : text;
  return inner.replaceAll(/\\(["'$`\\])/g, "$1");
}

/** The IANA name of the system's time zone. Not from Intl, which would cost 8 MiB of memory. */
export function readTimeZone(files: SystemFiles): string | undefined {
  const [, linked] =
    /\/zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(files.resolve("/etc/localtime") ?? "") ?? [];
  const written = files.read("/etc/timezone")?.trim();
  return linked ?? (written === "" ? undefined : written);
}
