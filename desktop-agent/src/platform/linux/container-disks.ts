import { parseCount } from "../reading-values.ts";
import type { Throughput } from "../ports.ts";
import { readLegacyGroup, readUnifiedGroup } from "./control-group.ts";
import type { SystemFiles } from "./system-files.ts";

/** Bytes that a container read and wrote, by disk; /proc/diskstats shows its host. Empty when its control group reports none. */
export function readContainerDisks(files: SystemFiles): Map<string, Throughput> {
  const counters =
    parseUnified(readUnifiedGroup(files, "io.stat")) ??
    parseLegacy(readLegacyGroup(files, "blkio", "blkio.throttle.io_service_bytes")) ??
    new Map<string, Throughput>();
  // A volume made of disks repeats their bytes.
  const whole = [...counters].filter(([device]) => files.has(`/sys/dev/block/${device}/device`));
  return whole.length > 0 ? new Map(whole) : counters;
}

// "8:0 rbytes=90112 wbytes=4096 rios=22 ..."
function parseUnified(text: string | undefined): Map<string, Throughput> | undefined {
  if (text === undefined) return undefined;
  const counters = new Map<string, Throughput>();
  for (const line of text.split("\n")) {
    const device = /^(\d+:\d+) /.exec(line)?.[1];
    const inBytes = parseCount(/ rbytes=(\d+)/.exec(line)?.[1]);
    const outBytes = parseCount(/ wbytes=(\d+)/.exec(line)?.[1]);
    if (device !== undefined && inBytes !== undefined && outBytes !== undefined)
      counters.set(device, { inBytes, outBytes });
  }
  return counters;
}

// "8:0 Read 90112", and a line for each other kind of access.
function parseLegacy(text: string | undefined): Map<string, Throughput> | undefined {
  if (text === undefined) return undefined;
  const counters = new Map<string, Throughput>();
  for (const line of text.split("\n")) {
    const [, device, kind, bytes] = /^(\d+:\d+) (Read|Write) (\d+)$/.exec(line) ?? [];
    const count = parseCount(bytes);
    if (device === undefined || count === undefined) continue;
    const before = counters.get(device) ?? { inBytes: 0, outBytes: 0 };
    counters.set(device, kind === "Read" ? { ...before, inBytes: count } : { ...before, outBytes: count });
  }
  return counters;
}
