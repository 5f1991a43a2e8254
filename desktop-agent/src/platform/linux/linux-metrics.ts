import { required } from "../reading-values.ts";
import type { FileSystemProbe, MeasurableMount } from "../file-system-probe.ts";
import type { Clock, MetricsPort } from "../ports.ts";
import { memoizeLast } from "../memoize-last.ts";
import { createSystemClock } from "../system-clock.ts";
import { type Counters, createThroughputTotal } from "../throughput-total.ts";
import { chooseMounts, isFullByDesign } from "./choose-mounts.ts";
import { createContainerCpu } from "./container-cpu.ts";
import { readContainerDisks } from "./container-disks.ts";
import { detectVirtualization, isProvidedByLxcfs } from "./detect-virtualization.ts";
import { isRemovable } from "./is-removable.ts";
import { parseDiskstats } from "./parse-diskstats.ts";
import { parseLoadavg } from "./parse-loadavg.ts";
import { parseMountinfo } from "./parse-mountinfo.ts";
import { parseNetDev } from "./parse-net-dev.ts";
import { parseStat } from "./parse-stat.ts";
import { physicalInterfaces } from "./physical-interfaces.ts";
import { findBatteries, readBattery } from "./read-battery.ts";
import { readMountinfo } from "./read-mountinfo.ts";
import { readMemory } from "./read-memory.ts";
import { isRebootRequired } from "./reboot-required.ts";
import { createTemperatureReader } from "./read-temperature.ts";
import { createReadOnlyMounts, type FindReadOnlyMounts } from "./read-only-mounts.ts";
import type { SystemFiles } from "./system-files.ts";
import { wholeDisks } from "./whole-disks.ts";

/**
 * Reads metrics from /proc and /sys without starting a process. In a container every value is the container's own or null: values of
 * the host are not used.
 */
export function createLinuxMetrics(
  files: SystemFiles,
  probe: FileSystemProbe,
  clock: Pick<Clock, "monotonicMs"> = createSystemClock(),
): MetricsPort {
  let isKnownContainer: boolean | undefined;
  const isContainer = () => (isKnownContainer ??= detectVirtualization(files).kind === "container");
  const containerCpu = createContainerCpu(files, clock);
  const networkTotal = createThroughputTotal();
  const diskTotal = createThroughputTotal();
  const temperatureCelsius = createTemperatureReader(files);
  const findReadOnly = createReadOnlyMounts();
  const mountsOf = memoizeLast((mountinfo) => fixedMounts(files, mountinfo, findReadOnly));
  const disksOf = memoizeLast((names) => wholeDisks(files, names.split(" ")));
  const text = (path: string) => required(files.read(path), path);

  return {
    cpuTimes: async () =>
      (isContainer() ? containerCpu() : undefined) ?? required(parseStat(text("/proc/stat")), "/proc/stat"),
    memory: async () => readMemory(files),
    loadAverage: async () =>
      isContainer() && !isProvidedByLxcfs(files, "/proc/loadavg")
        ? null
        : required(parseLoadavg(text("/proc/loadavg")), "/proc/loadavg"),
    async fileSystems(signal) {
      const { mounts, readOnly } = mountsOf(required(readMountinfo(files), "/proc/self/mountinfo"));
      return { ...(await probe.measure(mounts, signal)), readOnly };
    },
    network: async () =>
      networkTotal(
        only(parseNetDev(text("/proc/net/dev")), (names) => physicalInterfaces(files, names.split(" "))),
      ),
    disks: async () =>
      diskTotal(
        isContainer() ? readContainerDisks(files) : only(parseDiskstats(text("/proc/diskstats")), disksOf),
      ),
    temperatureCelsius,
    batteryPercent: () => readBattery(files, findBatteries(files)),
    rebootRequired: async () => isRebootRequired(files),
  };
}

/** The mounts to measure. One that turned read-only is still measured, and named. */
function fixedMounts(
  files: SystemFiles,
  mountinfo: string,
  findReadOnly: FindReadOnlyMounts,
): { mounts: MeasurableMount[]; readOnly: string[] } {
  const all = parseMountinfo(mountinfo);
  const readOnly = findReadOnly(all, files.read("/etc/fstab"));
  const chosen = chooseMounts(
    all.map((mount) => (readOnly.includes(mount) ? { ...mount, isReadOnly: false } : mount)),
  ).filter((mount) => !isFullByDesign(mount) && !isRemovable(files, mount));
  const points = chosen.map(({ mountPoint }) => mountPoint);
  return {
    mounts: chosen.map(({ mountPoint, type }) => ({ mount: mountPoint, type })),
    readOnly: readOnly.map(({ mountPoint }) => mountPoint).filter((point) => points.includes(point)),
  };
}

function only(counters: Counters, choose: (names: string) => ReadonlySet<string>): Counters {
  const chosen = choose([...counters.keys()].join(" "));
  return new Map([...counters].filter(([name]) => chosen.has(name)));
}
