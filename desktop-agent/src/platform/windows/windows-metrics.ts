import os from "node:os";
import { outputOf } from "../command-output.ts";
import { required, parseCount } from "../reading-values.ts";
import type { FileSystemProbe } from "../file-system-probe.ts";
import { sumCpuTimes } from "../os-cpu-times.ts";
import type { Counters, MetricsPort, Throughput } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import { createThroughputTotal } from "../throughput-total.ts";
import { type CimSnapshot, measuredDrives } from "./cim-snapshot.ts";
import type { Watcher } from "./watcher.ts";

const LIMIT_MS = 5_000;
const MIB = 1_048_576;
const REBOOT_KEYS = [
  "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending",
  "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired",
];

/** Metrics of Windows. Starts at most `netstat` at each interval; values of CIM come from the watcher. */
export function createWindowsMetrics(
  run: RunCommand,
  probe: FileSystemProbe,
  snapshot: () => Promise<CimSnapshot>,
  watcher: Watcher,
): MetricsPort {
  const networkTotal = createThroughputTotal();
  const diskTotal = createThroughputTotal();
  /** The counters of the adapters that are hardware; none when these are unknown. */
  const hardwareAdapters = async (adapters: Counters): Promise<Counters> => {
    if (adapters.size === 0) return adapters;
    const hardware = await snapshot().then(
      (cim) => cim.adapters,
      (): string[] => [],
    );
    return new Map([...adapters].filter(([name]) => hardware.includes(name)));
  };
  return {
    cpuTimes: async () => required(sumCpuTimes(os.cpus()), "the cores' times"),
    memory: async () => {
      const latest = watcher.metrics();
      const swapTotalBytes = (latest?.swapTotalMiB ?? 0) * MIB;
      return {
        totalBytes: os.totalmem(),
        availableBytes: os.freemem(),
        swapTotalBytes,
        swapUsedBytes: Math.min(swapTotalBytes, (latest?.swapUsedMiB ?? 0) * MIB),
      };
    },
    loadAverage: () => Promise.resolve(null),
    fileSystems: async (signal, isExcluded) =>
      probe.measure(measuredDrives(await snapshot()), signal, isExcluded),
    network: async () => {
      const adapters: Counters = watcher.metrics()?.adapters ?? new Map();
      const interfaces = await hardwareAdapters(adapters);
      // Netstat sums all adapters: those of switches and tunnels repeat the same bytes.
      const isNetstatWrong = interfaces.size > 0 && interfaces.size < adapters.size;
      const counters = isNetstatWrong
        ? interfaces
        : parseNetstatE(outputOf(await run("netstat.exe", ["-e"], { timeoutMs: LIMIT_MS }), "netstat"));
      const total = networkTotal(counters);
      return total && { ...total, interfaces };
    },
    disks: async () => {
      const latest = watcher.metrics();
      const inBytes = latest?.diskRead;
      const outBytes = latest?.diskWritten;
      const isKnown = inBytes !== undefined && outBytes !== undefined;
      return diskTotal(isKnown ? new Map([["all", { inBytes, outBytes }]]) : new Map());
    },
    // The firmware often invents the temperatures of ACPI's thermal zones.
    temperatureCelsius: () => Promise.resolve(null),
    batteryPercent: async () => watcher.metrics()?.batteryPercent ?? null,
    rebootRequired: async (signal) => {
      const results = await Promise.all(
        REBOOT_KEYS.map((key) => run("reg.exe", ["query", key, "/reg:64"], { timeoutMs: LIMIT_MS, signal })),
      );
      if (results.some((result) => result.kind === "exited" && result.code === 0)) return true;
      // 1: there is no such key.
      return results.every((result) => result.kind === "exited" && result.code === 1) ? false : null;
    },
  };
}

/**
 * Reads `netstat -e`: the first row with two numbers is bytes received and sent, in whatever language its name is. The counters
 * have 32 bits; one that starts again adds nothing.
 */
export function parseNetstatE(text: string): Map<string, Throughput> {
  for (const line of text.split("\n")) {
    const match = /^\S+\s+(\d+)\s+(\d+)\s*$/.exec(line.trim());
    const inBytes = parseCount(match?.[1]);
    const outBytes = parseCount(match?.[2]);
    if (inBytes !== undefined && outBytes !== undefined) return new Map([["all", { inBytes, outBytes }]]);
  }
  return new Map();
}
