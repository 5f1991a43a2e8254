import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { useWords } from "../../i18n/words.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { deviceCsv } from "./device-csv.ts";
import { fetchDevicePage } from "./fleet-list-context.tsx";
import type { FleetQuery } from "./fleet-query.ts";

const PAGE = 200;

/** Exports devices as CSV: those that are given, or the whole list page by page as the server has it. */
export function useExport() {
  const { t } = useWords();
  const { say } = useToasts();
  const failureText = useFailureText();
  const save = (devices: readonly DeviceSummary[]) => {
    downloadCsv(`muster-devices-${new Date().toISOString().slice(0, 10)}.csv`, deviceCsv(devices));
    say({ text: t("fleet.selection.exported", { count: devices.length }) });
  };
  return {
    exportDevices: save,
    async exportList(query: FleetQuery): Promise<void> {
      try {
        save(await readAll(query));
      } catch (error) {
        say({ text: failureText(error), tone: "failure" });
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

/** Hands a text to the person as a file. */
function downloadCsv(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
