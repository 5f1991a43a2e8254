import type { Counters } from "../counter-rates.ts";
import { parseCount } from "../figures.ts";

const RECEIVED_COLUMN = 0;
const SENT_COLUMN = 8;

/** Reads /proc/net/dev: bytes received and sent by interface name. */
export function parseNetDev(text: string): Counters {
  const counters = new Map<string, readonly number[]>();
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon < 0) continue;
    const columns = line
      .slice(colon + 1)
      .trim()
      .split(/ +/);
    const received = parseCount(columns[RECEIVED_COLUMN]);
    const sent = parseCount(columns[SENT_COLUMN]);
    if (received === undefined || sent === undefined) continue;
    counters.set(line.slice(0, colon).trim(), [received, sent]);
  }
  return counters;
}
