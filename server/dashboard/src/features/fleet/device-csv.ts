import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { csvText } from "@muster/shared/csv.ts";

type Cell = string | number | boolean | null | undefined;

/** Columns of the export. The names stay English in every language, because scripts read them. */
const EXPORTED: readonly [name: string, value: (device: DeviceSummary) => Cell][] = [
  ["id", ({ id }) => id],
  ["name", ({ name }) => name],
  ["hostname", ({ hostname }) => hostname],
  ["attention", ({ attention }) => attention.level],
  ["presence", ({ presence }) => presence.shown],
  ["presence_since", ({ presence }) => presence.since],
  ["health", ({ health }) => health.status],
  ["score", ({ health }) => (health.status === "unknown" ? null : health.score)],
  ["cpu_percent", ({ metrics }) => metrics.cpu],
  ["memory_percent", ({ metrics }) => metrics.memory],
  ["disk_percent", ({ metrics }) => metrics.disk],
  ["disk_free_bytes", ({ metrics }) => metrics.diskFree],
  ["customer", ({ customer }) => customer],
  ["tags", ({ tags }) => tags.join(" ")],
  ["class", (device) => device.class],
  ["os", ({ osFamily }) => osFamily],
  ["os_name", ({ osName }) => osName],
  ["user", ({ user }) => user],
  ["reboot_required", ({ rebootRequired }) => rebootRequired],
  ["address", ({ address }) => address],
  ["serial", ({ serial }) => serial],
  ["agent_version", ({ agentVersion }) => agentVersion],
  ["last_report", ({ lastReportAt }) => lastReportAt],
];

export function deviceCsv(devices: readonly DeviceSummary[]): string {
  return csvText([
    EXPORTED.map(([name]) => name),
    ...devices.map((device) => EXPORTED.map(([, value]) => value(device))),
  ]);
}
