import type { DeviceDetail, DeviceSummary } from "@muster/shared/contracts/device.ts";
import { useState } from "react";
import { useWords } from "../../i18n/words.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useFleetLists } from "./fleet-list-context.tsx";

const AT_ONCE = 6;

/** Changes many devices, a few at a time, and says how many it reached. The rows change as the answers come. */
export function useBulkChange(devices: readonly DeviceSummary[]) {
  const { t } = useWords();
  const { say } = useToasts();
  const failureText = useFailureText();
  const lists = useFleetLists();
  const [isRunning, setRunning] = useState(false);

  async function run(change: (device: DeviceSummary) => Promise<DeviceDetail>): Promise<void> {
    setRunning(true);
    const failures: unknown[] = [];
    const waiting = [...devices];
    const work = async () => {
      for (let device = waiting.pop(); device !== undefined; device = waiting.pop()) {
        try {
          lists.current().apply({ changed: [await change(device)], removed: [] });
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    setRunning(false);
    const done = devices.length - failures.length;
    if (done > 0) say({ text: t("fleet.selection.done", { count: done }) });
    if (failures.length > 0) {
      const reason = failureText(failures[0]);
      say({ text: t("fleet.selection.failed", { count: failures.length, reason }), tone: "failure" });
    }
  }
  return { isRunning, run };
}
