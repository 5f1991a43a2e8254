import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import { findCoveredDevice } from "./covered-device.repository.ts";
import { readWindows } from "./maintenance-window.repository.ts";
import { currentAndNext, readScope } from "./stored-window.ts";
import { covers } from "./window-scope.ts";

/** Windows that follow each other without a gap and are taken for one. */
const MAX_CONSECUTIVE = 20;

/** When the maintenance ends in which a device is at `at`, in epoch milliseconds; null when it is in none. */
export async function findMaintenanceEnd(
  db: Kysely<Tables>,
  orgId: string,
  deviceId: string,
  at: number,
): Promise<number | null> {
  const tenant = wholeOrganization(orgId);
  const device = await findCoveredDevice(db, tenant, deviceId);
  if (!device) return null;
  const windows = (await readWindows(db, tenant)).filter((row) => covers(readScope(row), device));
  const endAfter = (time: number) =>
    Math.max(
      device.maintenance_until ?? 0,
      ...windows.map((row) => currentAndNext(row, time).current?.endsAt ?? 0),
    );
  let end = at;
  for (let count = 0; count < MAX_CONSECUTIVE && endAfter(end) > end; count += 1) end = endAfter(end);
  return end > at ? end : null;
}
