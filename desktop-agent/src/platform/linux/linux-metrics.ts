import { required, parseCount } from "../reading-values.ts";
import type { FileSystemProbe, MeasurableMount } from "../file-system-probe.ts";
import type { Clock, Counters, MetricsPort, Throughput, CpuTimes } from "../ports.ts";
import { createSystemClock } from "../system-clock.ts";
import { createThroughputTotal } from "../throughput-total.ts";
import { chooseMounts, isFullByDesign } from "./choose-mounts.ts";
import { createContainerCpu, readContainerDisks } from "./container-metrics.ts";
import { detectVirtualization, isProvidedByLxcfs } from "./detect-virtualization.ts";
import { isRemovable } from "./is-removable.ts";
import { parseMountinfo } from "./parse-mountinfo.ts";
import { physicalInterfaces } from "./physical-interfaces.ts";
import { findBatteries, readBattery } from "./read-battery.ts";
import { readMountinfo } from "./read-mountinfo.ts";
import { readMemory } from "./read-memory.ts";
import { isRebootRequired } from "./linux-reboots.ts";
import { createTemperatureReader } from "./read-temperature.ts";
import { createReadOnlyMounts, type FindReadOnlyMounts } from "./read-only-mounts.ts";
import type { SystemFiles } from "./system-files.ts";

/** How long a changed role of an interface, such as a new slave of a bond, may go unnoticed: telling takes 20 files for each. */
const INTERFACES_KEPT_MS = 300_000;

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
  const interfacesOf = memoizeLast(
    (names) => physicalInterfaces(files, names.split(" ")),
    () => Math.floor(clock.monotonicMs() / INTERFACES_KEPT_MS),
  );
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
    async fileSystems(signal, isExcluded) {
      const { mounts, readOnly } = mountsOf(required(readMountinfo(files), "/proc/self/mountinfo"));
      const measured = await probe.measure(mounts, signal, isExcluded);
      return { ...measured, readOnly: readOnly.filter((mount) => !measured.excluded.includes(mount)) };
    },
    async network() {
      const interfaces = only(parseNetDev(text("/proc/net/dev")), interfacesOf);
      const total = networkTotal(interfaces);
      return total && { ...total, interfaces };
    },
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

// The kernel counts sectors of 512 bytes here, whatever the disk's own sector is.
const SECTOR_BYTES = 512;
const NAME_COLUMN = 2;
const SECTORS_READ_COLUMN = 5;
const SECTORS_WRITTEN_COLUMN = 9;

/** Reads /proc/diskstats: bytes read and written by device name, partitions included. */
function parseDiskstats(text: string): Map<string, Throughput> {
  const counters = new Map<string, Throughput>();
  for (const line of text.split("\n")) {
    const columns = line.trim().split(/ +/);
    const name = columns[NAME_COLUMN];
    const read = parseCount(columns[SECTORS_READ_COLUMN]);
    const written = parseCount(columns[SECTORS_WRITTEN_COLUMN]);
    if (name === undefined || read === undefined || written === undefined) continue;
    counters.set(name, { inBytes: read * SECTOR_BYTES, outBytes: written * SECTOR_BYTES });
  }
  return counters;
}

/**
 * Those of `names` that are whole disks. Partitions are not listed in /sys/block; volumes made of disks, loops and memory disks
 * have no device behind them and would count the same bytes twice.
 */
export function wholeDisks(files: SystemFiles, names: readonly string[]): Set<string> {
  return new Set(names.filter((name) => isName(name) && files.has(`/sys/block/${name}/device`)));
}

function isName(name: string): boolean {
  return /^[\w!-]{1,64}$/.test(name);
}

/** Reads the one-minute load average from /proc/loadavg. */
function parseLoadavg(text: string): number | undefined {
  const first = /^(\d{1,6}\.\d{1,2})\s/.exec(text)?.[1];
  return first === undefined ? undefined : Number(first);
}

const RECEIVED_COLUMN = 0;
const SENT_COLUMN = 8;

/** Reads /proc/net/dev: bytes received and sent by interface name. */
export function parseNetDev(text: string): Map<string, Throughput> {
  const counters = new Map<string, Throughput>();
  for (const line of text.split("\n")) {
    const [name, numbers] = splitAtColon(line);
    const columns = numbers.split(/ +/);
    const inBytes = parseCount(columns[RECEIVED_COLUMN]);
    const outBytes = parseCount(columns[SENT_COLUMN]);
    if (name !== "" && inBytes !== undefined && outBytes !== undefined)
      counters.set(name, { inBytes, outBytes });
  }
  return counters;
}

// The name may hold a colon itself (eth0:1), the numbers never do.
function splitAtColon(line: string): [string, string] {
  const colon = line.lastIndexOf(":");
  return colon < 0 ? ["", ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

const IDLE_COLUMN = 3;
const IOWAIT_COLUMN = 4;
// guest and guest_nice are part of user and nice already.
const COLUMNS_OF_TOTAL = 8;

/** Reads the line of all cores from /proc/stat, in clock ticks. Waiting for input and output is idle time. */
function parseStat(text: string): CpuTimes | undefined {
  const line = text.match(/^cpu +(.*)$/m)?.[1];
  if (line === undefined) return undefined;
  const ticks = line.split(/ +/).slice(0, COLUMNS_OF_TOTAL).map(parseCount);
  if (ticks.length <= IDLE_COLUMN) return undefined;
  let total = 0;
  for (const value of ticks) {
    if (value === undefined) return undefined;
    total += value;
  }
  const idle = (ticks[IDLE_COLUMN] ?? 0) + (ticks[IOWAIT_COLUMN] ?? 0);
  return { busy: total - idle, total };
}

/** Keeps the last answer of a costly function of a text, and asks it again only for another text or in another period. */
function memoizeLast<T>(compute: (text: string) => T, period = () => 0): (text: string) => T {
  let last: { text: string; period: number; answer: T } | undefined;
  return (text) => {
    const now = period();
    if (last?.text !== text || last.period !== now) last = { text, period: now, answer: compute(text) };
    return last.answer;
  };
}
