import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { DisclosedItem } from "@muster/shared/contracts/local-agent.ts";
import { LABELLED_METRICS_BY_KEY, METRIC_NAMES } from "@muster/shared/contracts/metric-table.ts";
import type { DeviceFacts } from "@muster/shared/contracts/report.ts";
import type { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import type { TrayTranslations } from "../../model/translations.ts";
import { humanizeCode } from "./humanize-code.ts";

type Items = (typeof trayWindowsEn)["record"]["item"];

type InventoryPart =
  | Exclude<keyof Inventory, "os" | "hardware" | "agent">
  | Exclude<keyof Inventory["hardware"], "cpu">;

/** Lists the translated items. A key that is missing or extra, and one without a translation, does not compile. */
const FACTS: Record<keyof DeviceFacts, true> = {
  user: true,
  idleSince: true,
  rebootRequired: true,
  hungFileSystems: true,
  excludedMounts: true,
  faults: true,
  classReason: true,
  diskMount: true,
  services: true,
  skipped: true,
} satisfies Record<keyof Items["fact"], true>;
const INVENTORY: Record<keyof Items["inventory"] | InventoryPart, true> = {
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
  bios: true,
  board: true,
  memoryModules: true,
  gpus: true,
  classGuess: true,
  disks: true,
  networkInterfaces: true,
  agentVersion: true,
  agentRuntime: true,
  agentVariant: true,
  bootedAt: true,
  timeZone: true,
};
const LABELLED_KEYS = [...LABELLED_METRICS_BY_KEY.keys()];
const FACT_NAMES = keysOf(FACTS);
const INVENTORY_NAMES = keysOf(INVENTORY);

/** The translated name of an item. An unknown key, as of a newer agent, is made readable instead. */
export function disclosedName(
  { key, kind }: Pick<DisclosedItem, "key" | "kind">,
  t: TrayTranslations["t"],
): string {
  const name = key.slice(key.indexOf(".") + 1);
  const metric = kind === "metric" && METRIC_NAMES.find((known) => known === name);
  if (metric) return t(`windows.record.item.metric.${metric}`);
  const labelled = kind === "metric" && LABELLED_KEYS.find((known) => known === name);
  if (labelled) return t(`windows.record.item.series.${labelled}`);
  const fact = kind === "fact" && FACT_NAMES.find((known) => known === name);
  if (fact) return t(`windows.record.item.fact.${fact}`);
  const part = kind === "inventory" && INVENTORY_NAMES.find((known) => known === name);
  if (part) return t(`windows.record.item.inventory.${part}`);
  return humanizeCode(name);
}

/** The texts for what each collector reads. */
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
  services: "windows.record.item.fact.services",
  inventory: "windows.record.seen.kind.inventory",
} as const;
const KEYS = new Map<string, (typeof READS)[keyof typeof READS]>(Object.entries(READS));

/** The translated name of what a collector reads. The name of an unknown collector is made readable instead. */
export function collectorName(collector: string, t: TrayTranslations["t"]): string {
  const key = KEYS.get(collector);
  return key === undefined ? humanizeCode(collector) : t(key);
}
