import type { AlarmType } from "@muster/shared/alarms/catalog.ts";
import type { SettingValues } from "./rule-form.ts";

/** The metric whose instances a rule names; null for a type without a metric. */
export function instancesMetricOf(type: AlarmType, { metric }: SettingValues): string | null {
  if (type === "disk-full") return "fileSystem.free";
  return typeof metric === "string" ? metric : null;
}
