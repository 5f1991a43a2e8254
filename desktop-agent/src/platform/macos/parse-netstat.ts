import { parseCount } from "../reading-values.ts";
import type { Throughput } from "../ports.ts";

const PHYSICAL = /^en\d+$/;
// Counted from the end, because the address column is empty for some interfaces.
const SENT_FROM_END = 2;
const RECEIVED_FROM_END = 5;

/** Reads `netstat -ibn`: bytes of the physical interfaces, from the row of each that is about the link itself. */
export function parseNetstat(text: string): Map<string, Throughput> {
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
