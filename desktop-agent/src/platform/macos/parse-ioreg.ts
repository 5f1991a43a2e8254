import { parseCount } from "../reading-values.ts";
import type { Throughput } from "../ports.ts";

/** Reads a text property of the first entry that `ioreg` prints: "IOPlatformUUID" = "564D...". */
export function parseIoregText(text: string, name: string): string | undefined {
  for (const line of text.split("\n")) {
    const match = /"([^"]+)" = (?:"([^"]*)"|<"([^"]*)">)/.exec(line);
    if (match?.[1] === name) return match[2] ?? match[3];
  }
  return undefined;
}

/** Reads `ioreg -c IOBlockStorageDriver -r -w0`: bytes read and written since start, by the driver's registry id. */
export function parseIoregDisks(text: string): Map<string, Throughput> {
  const counters = new Map<string, Throughput>();
  let id: string | undefined;
  for (const line of text.split("\n")) {
    id = /IOBlockStorageDriver\b.*\bid (0x[0-9a-f]+)/.exec(line)?.[1] ?? id;
    if (id === undefined || !line.includes('"Statistics" = {')) continue;
    const inBytes = parseCount(/"Bytes \(Read\)"=(\d+)/.exec(line)?.[1]);
    const outBytes = parseCount(/"Bytes \(Write\)"=(\d+)/.exec(line)?.[1]);
    if (inBytes !== undefined && outBytes !== undefined) counters.set(id, { inBytes, outBytes });
  }
  return counters;
}

/** Reads `ioreg -c IOHIDSystem -r -d 1`: milliseconds since the last input. */
export function parseIoregIdle(text: string): number | undefined {
  const nanoseconds = parseCount(/"HIDIdleTime" = (\d+)/.exec(text)?.[1]);
  return nanoseconds === undefined ? undefined : nanoseconds / 1e6;
}
