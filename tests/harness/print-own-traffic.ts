import { readFileSync } from "node:fs";
import { parseNetDev } from "../../desktop-agent/src/platform/linux/linux-metrics.ts";
import { physicalInterfaces } from "../../desktop-agent/src/platform/linux/physical-interfaces.ts";
import { createSystemFiles } from "../../desktop-agent/src/platform/linux/system-files.ts";

// Prints what the agent counts in the network namespace that this process runs in.
const counters = parseNetDev(readFileSync("/proc/self/net/dev", "utf8"));
const names = [...physicalInterfaces(createSystemFiles(), [...counters.keys()])];
let inBytes = 0;
let outBytes = 0;
for (const name of names) {
  inBytes += counters.get(name)?.inBytes ?? 0;
  outBytes += counters.get(name)?.outBytes ?? 0;
}
process.stdout.write(JSON.stringify({ names, inBytes, outBytes }));
