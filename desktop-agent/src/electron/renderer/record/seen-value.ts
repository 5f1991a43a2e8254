import type { SeenItem } from "@muster/shared/contracts/local-agent.ts";
import { METRIC_NAMES, METRICS, type MetricUnit } from "@muster/shared/contracts/metric-table.ts";
import type { TrayWords } from "../../model/words.ts";

type Words = Pick<TrayWords, "t" | "formats">;

/** Instants among what is sent, in epoch milliseconds. */
const INSTANTS: readonly string[] = ["fact.idleSince", "inventory.bootedAt"];

/** A value as a person reads it. */
export function seenValue({ key, value }: SeenItem, { t, formats }: Words): string {
  if (value === null || value === "") return t("windows.record.seen.none");
  if (typeof value === "boolean") return t(`windows.record.seen.${value ? "yes" : "no"}`);
  if (typeof value === "string") return value;
  if (INSTANTS.includes(key)) return formats.minute(value);
  if (key === "inventory.memoryBytes") return formats.binaryBytes(value);
  const metric = METRIC_NAMES.find((name) => key === `metric.${name}`);
  return metric ? wordMetric(value, METRICS[metric].unit, formats) : formats.oneDigit(value);
}

function wordMetric(value: number, unit: MetricUnit, formats: Words["formats"]): string {
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
