import { parseCount } from "../reading-values.ts";
import type { Throughput } from "../ports.ts";

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
