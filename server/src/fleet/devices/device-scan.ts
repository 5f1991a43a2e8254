import type { DeviceListQuery, DevicePage } from "@muster/shared/contracts/device.ts";
import type { Read } from "../../platform/read-threads/read.ts";
import { readCursor } from "./device-cursor.ts";
import { toDevicePage } from "./device-page.ts";
import { scanDevicePage } from "./device-scan.repository.ts";
import type { Tenant } from "../../platform/tenant.ts";

type DeviceScan = { tenant: Tenant; query: DeviceListQuery; now: number };

/** A page of a list that no index answers: a search, a filter, or an order by what changes with each report. */
export const deviceScan: Read<DeviceScan, DevicePage> = {
  name: "devices.scan",
  open:
    ({ read }) =>
    async ({ tenant, query, now }, turn) => {
      const after = query.cursor === undefined ? null : readCursor(query.cursor, query);
      const rows = await scanDevicePage(read, tenant, query, { after, now, pause: () => turn.pause() });
      return toDevicePage(rows, query, now);
    },
};
