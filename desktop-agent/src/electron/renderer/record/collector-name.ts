import type { TrayWords } from "../../model/words.ts";
import { plainWords } from "./plain-words.ts";

/** What each collector reads, in words that the window has for it already. */
const READS = {
  cpu: "windows.record.item.metric.cpu",
  memory: "windows.record.item.metric.memory",
  load: "windows.record.item.metric.load",
  network: "windows.record.item.metric.netIn",
  "file-systems": "windows.record.item.metric.disk",
  "disk-throughput": "windows.record.item.metric.diskRead",
  temperature: "windows.record.item.metric.temperature",
  battery: "windows.record.item.metric.battery",
  session: "windows.record.item.fact.user",
  "reboot-required": "windows.record.item.fact.rebootRequired",
  inventory: "windows.record.seen.kind.inventory",
} as const;
const KEYS = new Map<string, (typeof READS)[keyof typeof READS]>(Object.entries(READS));

/** What could not be read, in the person's language; the collector's own words where it is not known here. */
export function collectorName(collector: string, t: TrayWords["t"]): string {
  const key = KEYS.get(collector);
  return key === undefined ? plainWords(collector) : t(key);
}
