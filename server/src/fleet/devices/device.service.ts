import type {
  DeviceChange,
  DeviceDetail,
  DeviceListQuery,
  DevicePage,
} from "@muster/shared/contracts/device.ts";
import { changesOf } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EncodedJson } from "../../platform/http/encoded-json.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { type DeviceColumnChanges, replaceTags } from "./device.repository.ts";
import { type ChangeDevice, type ChangedBy, requireDevice } from "./device-change.ts";
import { readCursor } from "./device-cursor.ts";
import { isIndexedList, readDevicePage } from "./device-list.repository.ts";
import { toDevicePage } from "./device-page.ts";
import { type DetailRow, toDetail } from "./device-row.ts";
import { deviceScan } from "./device-scan.ts";

export type Devices = {
  /** One page of the organization's devices. Throws `bad-request` for a cursor of another list. */
  list(orgId: string, query: DeviceListQuery, signal: AbortSignal): Promise<DevicePage | EncodedJson>;
  /** Throws `not-found`, as everything below. */
  get(orgId: string, deviceId: string): Promise<DeviceDetail>;
  change(orgId: string, deviceId: string, change: DeviceChange, by: ChangedBy): Promise<DeviceDetail>;
};

const MAX_MAINTENANCE_MS = 366 * 24 * 3_600_000;

export function createDevices(deps: {
  store: Store;
  reads: Reads;
  clock: Clock;
  changeDevice: ChangeDevice;
}): Devices {
  const { store, reads, clock, changeDevice } = deps;

  function columnsFor(change: DeviceChange, row: DetailRow): DeviceColumnChanges {
    const columns: DeviceColumnChanges = {};
    if (change.label !== undefined) columns.label = change.label;
    if (change.customer !== undefined) columns.customer = change.customer;
    if (change.tags !== undefined) columns.tags = JSON.stringify([...new Set(change.tags)]);
    if (change.notes !== undefined) columns.notes = change.notes;
    if (change.class !== undefined) columns.class_chosen = change.class;
    if (change.maintenanceUntil !== undefined) {
      columns.maintenance_until = maintenanceEnd(change.maintenanceUntil, clock.now());
    }
    const stored: Record<string, unknown> = row;
    return Object.fromEntries(Object.entries(columns).filter(([name, value]) => stored[name] !== value));
  }

  return {
    async list(orgId, query, signal) {
      const now = clock.now();
      if (!isIndexedList(query)) return reads.run(deviceScan, { orgId, query, now }, { orgId, signal });
      const after = query.cursor === undefined ? null : readCursor(query.cursor, query);
      return toDevicePage(await readDevicePage(store.read, orgId, query, after), query, now);
    },

    async get(orgId, deviceId) {
      return toDetail(await requireDevice(store.read, orgId, deviceId), clock.now());
    },

    change: (orgId, deviceId, change, by) =>
      changeDevice(orgId, deviceId, by, async (row, tx) => {
        const columns = columnsFor(change, row);
        if (Object.keys(columns).length === 0) return null;
        if (change.tags && columns.tags !== undefined) {
          await replaceTags(tx, orgId, row.device_no, [...new Set(change.tags)]);
        }
        return {
          columns,
          action: "device.changed",
          details: changedFields(toDetail(row, clock.now()), change),
        };
      }),
  };
}

/** Maintenance always has an end, within a year. */
function maintenanceEnd(until: string | null, now: number): number | null {
  if (until === null) return null;
  const end = Date.parse(until);
  if (end > now && end - now <= MAX_MAINTENANCE_MS) return end;
  throw new MusterError("bad-request", "The end of the maintenance is out of range.", {
    details: [{ path: "maintenanceUntil", message: "must be in the future, by a year at most" }],
  });
}

/** The audit log records that notes changed, without their text. */
function changedFields(before: DeviceDetail, { notes, ...change }: DeviceChange): Record<string, unknown> {
  const chosen = { ...before, class: before.classSource === "chosen" ? before.class : null };
  const changes = changesOf(chosen, change);
  return notes === undefined || notes === before.notes ? { changes } : { changes, notes: "changed" };
}
