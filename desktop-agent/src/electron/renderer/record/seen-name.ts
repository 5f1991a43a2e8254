import type { DisclosedItem } from "@muster/shared/contracts/local-agent.ts";
import { METRIC_NAMES } from "@muster/shared/contracts/metric-table.ts";
import type { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import type { TrayWords } from "../../model/words.ts";
import { plainWords } from "./plain-words.ts";

type Items = (typeof trayWindowsEn)["record"]["item"];

/** An item without words of its own does not compile here, and one that is no longer worded neither. */
const FACTS: Record<keyof Items["fact"], true> = {
  user: true,
  idleSince: true,
  rebootRequired: true,
  hungFileSystems: true,
  diskMount: true,
  skipped: true,
};
const INVENTORY: Record<keyof Items["inventory"], true> = {
  hostname: true,
  osFamily: true,
  osName: true,
  osVersion: true,
  osBuild: true,
  kernel: true,
  arch: true,
  manufacturer: true,
  model: true,
  serial: true,
  virtualization: true,
  chassis: true,
  cpuModel: true,
  cpuCores: true,
  cpuThreads: true,
  memoryBytes: true,
  hasBattery: true,
  classGuess: true,
  disks: true,
  networkInterfaces: true,
  agentVersion: true,
  agentRuntime: true,
  agentVariant: true,
  bootedAt: true,
  timeZone: true,
};
const FACT_NAMES = keysOf(FACTS);
const INVENTORY_NAMES = keysOf(INVENTORY);

/** What an item is called in the person's language; the key's own words where a newer agent sends what is not known here. */
export function seenName({ key, kind }: Pick<DisclosedItem, "key" | "kind">, t: TrayWords["t"]): string {
  const name = key.slice(key.indexOf(".") + 1);
  const metric = kind === "metric" && METRIC_NAMES.find((known) => known === name);
  if (metric) return t(`windows.record.item.metric.${metric}`);
  const fact = kind === "fact" && FACT_NAMES.find((known) => known === name);
  if (fact) return t(`windows.record.item.fact.${fact}`);
  const part = kind === "inventory" && INVENTORY_NAMES.find((known) => known === name);
  if (part) return t(`windows.record.item.inventory.${part}`);
  return plainWords(name);
}

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
