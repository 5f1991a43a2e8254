import { parseCount } from "../reading-values.ts";
import type { Throughput } from "../ports.ts";

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
