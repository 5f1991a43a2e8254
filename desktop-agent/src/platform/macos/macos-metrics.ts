import os from "node:os";
import { outputOf } from "../command-output.ts";
import { required } from "../reading-values.ts";
import type { FileSystemProbe } from "../file-system-probe.ts";
import { sumCpuTimes } from "../os-cpu-times.ts";
import type { MetricsPort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import { createThroughputTotal } from "../throughput-total.ts";
import { parseIoregDisks } from "./parse-ioreg.ts";
import type { MacMount } from "./parse-mount.ts";
import { parseNetstat } from "./parse-netstat.ts";
import { parsePmsetBatt } from "./parse-pmset-batt.ts";
import { parseSwapUsage } from "./parse-swap-usage.ts";
import { parseVmStat } from "./parse-vm-stat.ts";

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
    fileSystems: async (signal) => {
      const fixed = (await mounts()).map(({ mountPoint, type }) => ({ mount: mountPoint, type }));
      return probe.measure(fixed, signal);
    },
    network: async () => networkTotal(parseNetstat(await ask("/usr/sbin/netstat", ["-ibn"]))),
    disks: async () =>
      diskTotal(parseIoregDisks(await ask("/usr/sbin/ioreg", ["-c", "IOBlockStorageDriver", "-r", "-w0"]))),
    // Only private interfaces of the system show it.
    temperatureCelsius: () => Promise.resolve(null),
    batteryPercent: async (signal) => parsePmsetBatt(await ask("/usr/bin/pmset", ["-g", "batt"], signal)),
    // Updates that need a restart are installed by restarting: there is no state in between that a program could ask for.
    rebootRequired: () => Promise.resolve(null),
  };
}
