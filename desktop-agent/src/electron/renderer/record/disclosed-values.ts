import type { DisclosedData, DisclosedEntry, DisclosedItem } from "@muster/shared/contracts/local-agent.ts";
import {
  LABELLED_METRICS_BY_KEY,
  METRIC_NAMES,
  METRICS,
  type MetricUnit,
} from "@muster/shared/contracts/metric-table.ts";
import type { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import type { TrayTranslations } from "../../model/translations.ts";
import { collectorName } from "./disclosed-names.ts";

type Words = Pick<TrayTranslations, "t" | "formats">;
type TranslatedValues = Omit<(typeof trayWindowsEn)["record"]["value"], "removable">;

/** An entry of a list value: its name, and the lines below it. */
type ValueList = { name: string; lines: string[] };

/** Keys of items whose value is a time in epoch milliseconds. */
const INSTANTS: readonly string[] = ["fact.idleSince", "inventory.bootedAt"];

/** The labelled metrics by the keys of their items, whose entries have the value as their only detail. */
const LABELLED = new Map([...LABELLED_METRICS_BY_KEY].map(([key, metric]) => [`metric.${key}`, metric]));

/** Lists the translated codes. A missing or an extra one does not compile. */
const FAMILIES: Record<keyof TranslatedValues["osFamily"], true> = {
  linux: true,
  macos: true,
  windows: true,
  other: true,
};
const CLASSES: Record<keyof TranslatedValues["classGuess"], true> = {
  server: true,
  vm: true,
  desktop: true,
  laptop: true,
};
const VARIANTS: Record<keyof TranslatedValues["agentVariant"], true> = { headless: true, tray: true };

/** Sizes of memory; all others are of disks. */
const BINARY_SIZES = ["inventory.memoryModules", "inventory.gpus"];

/** A value formatted for the user. */
export function disclosedValue({ key, value }: DisclosedItem, translations: Words): string | ValueList[] {
  const { t, formats } = translations;
  if (value === null || value === "") return t("windows.record.seen.none");
  if (typeof value === "boolean") return t(`windows.record.seen.${value ? "yes" : "no"}`);
  if (typeof value === "object") return value.map((entry) => entryLines(key, entry, translations));
  if (typeof value === "string") return formatText(key, value, t);
  if (INSTANTS.includes(key)) return formats.minute(value);
  if (key === "inventory.memoryBytes") return formats.binaryBytes(value);
  const metric = METRIC_NAMES.find((name) => key === `metric.${name}`);
  return metric ? formatMetric(value, METRICS[metric].unit, formats) : formats.oneDigit(value);
}

function entryLines(key: string, entry: DisclosedEntry, { t, formats }: Words): ValueList {
  const { name, details, sizeBytes, isRemovable } = entry;
  const metric = LABELLED.get(key);
  if (metric)
    return { name, lines: details.map((value) => formatMetric(Number(value), metric.unit, formats)) };
  if (key === "fact.skipped") return { name: collectorName(name, t), lines: details };
  if (sizeBytes === undefined) return { name, lines: details };
  const removable = isRemovable ? [t("windows.record.value.removable")] : [];
  const size = BINARY_SIZES.includes(key) ? formats.binaryBytes(sizeBytes) : formats.bytes(sizeBytes);
  return { name, lines: [[size, ...details, ...removable].join(" · ")] };
}

function formatText(key: string, value: string, t: Words["t"]): string {
  const family = key === "inventory.osFamily" && keysOf(FAMILIES).find((known) => known === value);
  if (family) return t(`windows.record.value.osFamily.${family}`);
  const guess = key === "inventory.classGuess" && keysOf(CLASSES).find((known) => known === value);
  if (guess) return t(`windows.record.value.classGuess.${guess}`);
  const variant = key === "inventory.agentVariant" && keysOf(VARIANTS).find((known) => known === value);
  return variant ? t(`windows.record.value.agentVariant.${variant}`) : value;
}

function formatMetric(value: number, unit: MetricUnit, formats: Words["formats"]): string {
  switch (unit) {
    case "percent":
      return formats.percent(value);
    case "bytes":
      return formats.bytes(value);
    case "bytesPerSecond":
      return formats.bytesPerSecond(value);
    case "celsius":
      return `${formats.oneDigit(value)} °C`;
    case "number":
      return formats.oneDigit(value);
  }
}

/** How often an item is sent. */
export function frequencyText(
  kind: DisclosedItem["kind"],
  { intervalS }: Pick<DisclosedData, "intervalS">,
  { t, formats }: TrayTranslations,
): string {
  if (kind !== "metric") return t("windows.record.seen.whenChanged");
  return t("windows.record.seen.every", { time: formats.duration(intervalS * 1_000) });
}

/** How long the server keeps an item. */
export function retentionText(
  kind: DisclosedItem["kind"],
  { kept }: Pick<DisclosedData, "kept">,
  t: TrayTranslations["t"],
): string {
  if (kind !== "metric") return t("windows.record.seen.latestOnly");
  const days = (count: number) => t("windows.record.seen.days", { count });
  if (kept === null) return t("windows.record.seen.keptUnknown");
  return t("windows.record.seen.keptMetric", {
    samples: days(kept.samplesDays),
    hours: days(Math.max(kept.fiveMinutesDays, kept.hoursDays)),
  });
}
