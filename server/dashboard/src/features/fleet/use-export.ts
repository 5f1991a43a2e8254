import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { csvText } from "@muster/shared/csv.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { downloadCsv } from "../../ui/download.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import type { FleetColumnDefinition } from "./fleet-column.ts";
import { FLEET_COLUMNS } from "./fleet-columns.tsx";
import { fetchDevicePage } from "./fleet-list-context.tsx";
import type { FleetQuery } from "./fleet-query.ts";

const PAGE = 200;

/** Exports devices as CSV: those that are given, or the whole list page by page as the server has it. */
export function useExport() {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const save = (devices: readonly DeviceSummary[]) => {
    downloadCsv("muster-devices", deviceCsv(devices));
    showToast({ text: t("fleet.selection.exported", { count: devices.length }) });
  };
  return {
    exportDevices: save,
    async exportList(query: FleetQuery): Promise<void> {
      try {
        save(await readAll(query));
      } catch (error) {
        showToast({ text: failureText(error), tone: "failure" });
      }
    },
  };
}

async function readAll(query: FleetQuery): Promise<DeviceSummary[]> {
  const { signal } = new AbortController();
  const devices: DeviceSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchDevicePage(query, { cursor, limit: PAGE, signal });
    devices.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return devices;
}

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

/** Devices as CSV with the fields of every column, shown or not. */
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
