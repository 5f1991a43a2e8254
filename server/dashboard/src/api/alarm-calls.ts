import { MAX_BULK_ALARMS } from "@muster/shared/alarm-limits.ts";
import type { AlarmPage } from "@muster/shared/contracts/alarm.ts";
import type { AlarmAction, AlarmBulkResult } from "@muster/shared/contracts/alarm-change.ts";
import { callApi, type QueryValue } from "./client.ts";
import { paths } from "./paths.ts";

export type AlarmRequest = Readonly<Record<string, QueryValue>>;

export function readAlarms(query: AlarmRequest, signal?: AbortSignal): Promise<AlarmPage> {
  return callApi("alarmPage", paths.alarms, { query, ...(signal && { signal }) });
}

/** Does the same to each of these alarms, in as many requests as they need. */
export async function changeAlarms(ids: readonly string[], action: AlarmAction): Promise<AlarmBulkResult> {
  const result: AlarmBulkResult = { changed: [], refused: [] };
  for (let start = 0; start < ids.length; start += MAX_BULK_ALARMS) {
    const body = { ids: ids.slice(start, start + MAX_BULK_ALARMS), action };
    const { changed, refused } = await callApi("alarmBulkResult", paths.alarmBulk, { method: "POST", body });
    result.changed.push(...changed);
    result.refused.push(...refused);
  }
  return result;
}
