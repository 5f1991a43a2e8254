import os from "node:os";
import { outputOf } from "../command-output.ts";
import { required, parseCount } from "../reading-values.ts";
import type { FileSystemProbe } from "../file-system-probe.ts";
import { sumCpuTimes } from "../os-cpu-times.ts";
import type { MetricsPort, Throughput } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import { createThroughputTotal } from "../throughput-total.ts";
import { parseIoregDisks } from "./parse-ioreg.ts";
import type { MacMount } from "./parse-mount.ts";
import { parsePmsetBatt } from "./parse-pmset-batt.ts";

const LIMIT_MS = 2_000;

/** @param mounts the fixed volumes, which change rarely and are therefore kept by the caller. */
export function createMacosMetrics(
  run: RunCommand,
  probe: FileSystemProbe,
  mounts: () => Promise<MacMount[]>,
): MetricsPort {
  const networkTotal = createThroughputTotal();
  const diskTotal = createThroughputTotal();
  const ask = async (file: string, args: readonly string[], signal?: AbortSignal) =>
    outputOf(await run(file, args, { timeoutMs: LIMIT_MS, signal }), file);

  return {
    cpuTimes: async () => required(sumCpuTimes(os.cpus()), "the cores' times"),
    memory: async () => {
      const available = required(parseVmStat(await ask("/usr/bin/vm_stat", [])), "vm_stat");
      const swap = parseSwapUsage(await ask("/usr/sbin/sysctl", ["-n", "vm.swapusage"]));
      const totalBytes = os.totalmem();
      return {
        totalBytes,
        availableBytes: Math.min(totalBytes, available),
        swapTotalBytes: swap?.totalBytes ?? 0,
        swapUsedBytes: swap?.usedBytes ?? 0,
      };
    },
    loadAverage: async () => os.loadavg()[0] ?? null,
    fileSystems: async (signal, isExcluded) => {
      const fixed = (await mounts()).map(({ mountPoint, type }) => ({ mount: mountPoint, type }));
      return probe.measure(fixed, signal, isExcluded);
    },
    async network() {
      const interfaces = parseNetstat(await ask("/usr/sbin/netstat", ["-ibn"]));
      const total = networkTotal(interfaces);
      return total && { ...total, interfaces };
    },
    disks: async () =>
      diskTotal(parseIoregDisks(await ask("/usr/sbin/ioreg", ["-c", "IOBlockStorageDriver", "-r", "-w0"]))),
    // Only private interfaces of the system show it.
    temperatureCelsius: () => Promise.resolve(null),
    batteryPercent: async (signal) => parsePmsetBatt(await ask("/usr/bin/pmset", ["-g", "batt"], signal)),
    // Updates that need a restart are installed by restarting: there is no state in between that a program could ask for.
    rebootRequired: () => Promise.resolve(null),
  };
}

const PHYSICAL = /^en\d+$/;
// Counted from the end, because the address column is empty for some interfaces.
const SENT_FROM_END = 2;
const RECEIVED_FROM_END = 5;

/** Reads `netstat -ibn`: bytes of the physical interfaces, from the row of each that is about the link itself. */
function parseNetstat(text: string): Map<string, Throughput> {
  const counters = new Map<string, Throughput>();
  for (const line of text.split("\n")) {
    const columns = line.trim().split(/\s+/);
    const name = columns[0]?.replace("*", "") ?? "";
    if (!PHYSICAL.test(name) || !columns[2]?.startsWith("<Link#")) continue;
    const inBytes = parseCount(columns.at(-RECEIVED_FROM_END));
    const outBytes = parseCount(columns.at(-SENT_FROM_END));
    if (inBytes !== undefined && outBytes !== undefined) counters.set(name, { inBytes, outBytes });
  }
  return counters;
}

const UNIT_BYTES: Record<string, number> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Reads `sysctl -n vm.swapusage`: "total = 2048.00M  used = 1024.25M  free = 1023.75M  (encrypted)". */
function parseSwapUsage(text: string): { totalBytes: number; usedBytes: number } | undefined {
  const totalBytes = size(/total = ([\d.,]+)([KMG])/.exec(text));
  const usedBytes = size(/used = ([\d.,]+)([KMG])/.exec(text));
  return totalBytes === undefined || usedBytes === undefined ? undefined : { totalBytes, usedBytes };
}

function size(match: RegExpExecArray | null): number | undefined {
  const unit = UNIT_BYTES[match?.[2] ?? ""];
  const value = Number(match?.[1]?.replace(",", "."));
  return unit !== undefined && Number.isFinite(value) && value >= 0 && value < 1e9 ? value * unit : undefined;
}

/**
 * Bytes that programs can have without swapping, from `vm_stat`: free pages, pages of files, and what programs marked as disposable.
 * Inactive pages of programs do not count, since they would have to be compressed first. Undefined when a line is missing.
 */
export function parseVmStat(text: string): number | undefined {
  const pageBytes = parseCount(/page size of (\d+) bytes/.exec(text)?.[1]);
  const free = pages(text, "Pages free");
  const fileBacked = pages(text, "File-backed pages");
  const purgeable = pages(text, "Pages purgeable");
  if (pageBytes === undefined || free === undefined || fileBacked === undefined || purgeable === undefined)
    return undefined;
  return (free + fileBacked + purgeable) * pageBytes;
}

function pages(text: string, name: string): number | undefined {
  const line = text.split("\n").find((candidate) => candidate.startsWith(`${name}:`));
  return parseCount(/:\s+(\d+)\.\s*$/.exec(line ?? "")?.[1]);
}
