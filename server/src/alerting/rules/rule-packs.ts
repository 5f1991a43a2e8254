import type { AlarmType } from "@muster/shared/alarms/catalog.ts";
import { NewAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import type { AlarmRulePackId } from "@muster/shared/contracts/alarm-rule-pack.ts";

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** The sets of rules that come with Muster. Their rules are silent about what is wrong when they are added. */
export const RULE_PACKS: Readonly<Record<AlarmRulePackId, readonly NewAlarmRule[]>> = {
  muster: [
    rule("File system almost full", "metric", {
      metric: "fileSystem.used",
      ...levels(90, 97, 87),
      forS: 300,
    }),
    rule("File system full soon", "disk-full", { warning: 14, critical: 3 }),
    rule("CPU busy", "metric", {
      metric: "cpu",
      ...levels(95, null, 85),
      forS: 900,
      sharePercent: 90,
      clearForS: 300,
    }),
    rule("Memory almost full", "metric", {
      metric: "memory",
      ...levels(92, 98, 88),
      forS: 900,
      clearForS: 300,
    }),
    rule("Too hot", "metric", { metric: "temperature", ...levels(85, 95, 80), forS: 600, clearForS: 300 }),
    rule("Offline", "offline", { severity: "critical" }),
    rule("Reboot required for a week", "reboot-required", { severity: "warning", forS: 7 * DAY_S }),
    rule("Agent paused for a day", "paused", { severity: "warning", forS: DAY_S }),
    rule("Agent outdated", "agent-outdated", { severity: "info", forS: 14 * DAY_S }),
    rule("Clone suspected", "clone-suspected", { severity: "critical" }),
    rule("Agent removed", "device-left", { severity: "warning" }),
  ],
  dashfleet: [
    rule("CPU above 80 %", "metric", { metric: "cpu", warning: 80 }),
    rule("RAM above 90 %", "metric", { metric: "memory", warning: 90 }),
    rule("Disk above 85 %", "metric", { metric: "disk", warning: 85 }),
    rule("Health critical", "health", { critical: 60 }),
  ],
  lab: [
    rule("Offline for more than 24 hours", "offline", { severity: "critical", forS: DAY_S }),
    rule("Disk above 80 %", "metric", { metric: "disk", warning: 80 }),
  ],
  devopin: [
    rule("CPU above 80 %", "metric", { metric: "cpu", warning: 80 }),
    rule("Memory above 85 %", "metric", { metric: "memory", warning: 85 }),
    rule("Disk above 90 %", "metric", { metric: "disk", warning: 90 }),
  ],
  // Its rules about the speed of downloads and about ping follow with the measurements.
  atlas: [
    rule("CPU above 90 %", "metric", { metric: "cpu", warning: 90, forS: 300 }),
    rule("Memory above 90 %", "metric", { metric: "memory", warning: 90 }),
    rule("Temperature above 80 °C", "metric", { metric: "temperature", critical: 80 }),
    rule("Battery low", "metric", { metric: "battery", operator: "<", warning: 20, critical: 10, forS: 600 }),
    rule("Disk above 90 %", "metric", { metric: "disk", warning: 90, forS: HOUR_S }),
  ],
};

function levels(warning: number, critical: number | null, clear: number) {
  return { operator: ">=", warning, critical, clear };
}

function rule(name: string, type: AlarmType, settings: Record<string, unknown>): NewAlarmRule {
  return NewAlarmRule.parse({ name, type, settings, ignoresExisting: true });
}
