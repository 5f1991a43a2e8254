import { statfs } from "node:fs/promises";
import { cpus, freemem, totalmem, uptime } from "node:os";
import path from "node:path";

/** Load of the machine that the server runs on. `cpu` is in percent since the previous read, or since boot. */
export type HostMetrics = {
  cpu: number;
  memoryBytes: number;
  memoryUsedBytes: number;
  diskBytes: number;
  diskUsedBytes: number;
  /** Used part of the space that programs may use, as df shows it, in percent. */
  disk: number;
  uptimeS: number;
};

type CpuTimes = { busy: number; all: number };

/** Returns a function that reads the metrics of this machine. */
export function createHostMetricsReader(): () => Promise<HostMetrics> {
  let previous: CpuTimes = { busy: 0, all: 0 };

  function cpuPercent(): number {
    const now = readCpuTimes();
    const all = now.all - previous.all;
    const busy = now.busy - previous.busy;
    previous = now;
    return all > 0 ? Math.min(100, Math.max(0, (busy / all) * 100)) : 0;
  }

  return async () => {
    const disk = await statfs(path.parse(process.cwd()).root);
    const usedBlocks = disk.blocks - disk.bfree;
    const memoryBytes = totalmem();
    return {
      cpu: cpuPercent(),
      memoryBytes,
      memoryUsedBytes: memoryBytes - freemem(),
      diskBytes: disk.blocks * disk.bsize,
      diskUsedBytes: usedBlocks * disk.bsize,
      disk: (usedBlocks / Math.max(1, usedBlocks + disk.bavail)) * 100,
      uptimeS: uptime(),
    };
  };
}

function readCpuTimes(): CpuTimes {
  const times = cpus().map((cpu) => cpu.times);
  const idle = sum(times.map((one) => one.idle));
  const all = sum(times.map(({ user, nice, sys, irq, ...one }) => user + nice + sys + irq + one.idle));
  return { busy: all - idle, all };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
