import type { DeviceListQuery, DevicePage } from "@muster/shared/contracts/device.ts";
import { writeCursor } from "./device-cursor.ts";
import type { ListedRow } from "./device-list.repository.ts";
import { toSummary } from "./device-row.ts";

/** The page of `rows`, which has one more than the limit where there is a next page. `now` is wall time. */
export function toDevicePage(rows: readonly ListedRow[], query: DeviceListQuery, now: number): DevicePage {
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => toSummary(row, now)),
    nextCursor: last ? writeCursor(query, last.sort_key, last.name_sort, last.id) : null,
  };
}
