import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { csvText } from "@muster/shared/csv.ts";
import type { FleetColumnDefinition } from "./fleet-column.ts";
import { FLEET_COLUMNS } from "./fleet-columns.tsx";

/** Scripts may count on this order of the first release's fields. Every later field comes behind them. */
const FIRST_FIELDS = [
  "id",
  "name",
  "hostname",
  "attention",
  "presence",
  "presence_since",
  "health",
  "score",
  "cpu_percent",
  "memory_percent",
  "disk_percent",
  "disk_free_bytes",
  "customer",
  "tags",
  "class",
  "os",
  "os_name",
  "user",
  "reboot_required",
  "address",
  "serial",
  "agent_version",
  "last_report",
];

/** The devices with the fields of every column, shown or not. */
export function deviceCsv(devices: readonly DeviceSummary[]): string {
  const columns: readonly FleetColumnDefinition[] = FLEET_COLUMNS;
  const fields = columns.flatMap(({ csv }) => Object.entries(csv ?? {}));
  const ordered = fields.toSorted(([one], [other]) => rankOf(one) - rankOf(other));
  return csvText([
    ordered.map(([name]) => name),
    ...devices.map((device) => ordered.map(([, value]) => value(device))),
  ]);
}

function rankOf(field: string): number {
  const index = FIRST_FIELDS.indexOf(field);
  return index < 0 ? FIRST_FIELDS.length : index;
}
