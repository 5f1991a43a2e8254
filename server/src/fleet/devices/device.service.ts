import type {
  DeviceChange,
  DeviceDetail,
  DeviceFacetQuery,
  DeviceFacets,
  DeviceListQuery,
  DevicePage,
} from "@muster/shared/contracts/device.ts";
import { changesOf } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EncodedJson } from "../../platform/http/encoded-json.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { type DeviceColumnChanges, replaceTags } from "./device-writes.repository.ts";
import { changeDependency, type DependencyNames } from "./change-dependency.ts";
import { type ChangeDevice, type ChangedBy, requireDevice } from "./device-change.ts";
import { readCursor } from "./device-cursor.ts";
import { isIndexedList, readDevicePage } from "./device-list.repository.ts";
import { toDevicePage } from "./device-page.ts";
import { type DetailRow, toDetail } from "./device-row.ts";
import { readDetail } from "./read-detail.ts";
import { deviceFacets } from "./device-facets.ts";
import { deviceScan } from "./device-scan.ts";
import { type Tenant, tenantOf } from "../../platform/tenant.ts";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { type CustomerDirectory, findGivenCustomer } from "../../identity/index.ts";

export type Devices = {
  /** One page of the tenant's devices. Throws `bad-request` for a cursor of another list. */
  list(tenant: Tenant, query: DeviceListQuery, signal: AbortSignal): Promise<DevicePage | EncodedJson>;
  /** The choices of filters with their number of devices, under the other filters. */
  facets(tenant: Tenant, query: DeviceFacetQuery, signal: AbortSignal): Promise<DeviceFacets | EncodedJson>;
  /** Throws `not-found`, as everything below. */
  get(tenant: Tenant, deviceId: string): Promise<DeviceDetail>;
  change(tenant: Tenant, deviceId: string, change: DeviceChange, by: ChangedBy): Promise<DeviceDetail>;
};

const MAX_MAINTENANCE_MS = 366 * 24 * 3_600_000;

export function createDevices(deps: {
  store: Store;
  reads: Reads;
  clock: Clock;
  changeDevice: ChangeDevice;
  customers: CustomerDirectory;
}): Devices {
  const { store, reads, clock, changeDevice, customers } = deps;

  function columnsFor(
    { dependsOn, ...change }: DeviceChange,
    row: DetailRow,
    customer: CustomerRef | null | undefined,
  ): DeviceColumnChanges {
    const columns: DeviceColumnChanges = {};
    if (change.label !== undefined) columns.label = change.label;
    if (customer !== undefined) {
      columns.customer_id = customer?.id ?? null;
      columns.customer = customer?.name ?? null;
    }
    if (change.tags !== undefined) columns.tags = JSON.stringify([...new Set(change.tags)]);
    if (change.notes !== undefined) columns.notes = change.notes;
    if (change.class !== undefined) columns.class_chosen = change.class;
    if (change.maintenanceUntil !== undefined) {
      columns.maintenance_until = maintenanceEnd(change.maintenanceUntil, clock.now());
    }
    if (dependsOn !== undefined) columns.depends_on = dependsOn;
    const stored: Record<string, unknown> = row;
    return Object.fromEntries(Object.entries(columns).filter(([name, value]) => stored[name] !== value));
  }

  /** The customer that a change names; undefined without one. Throws `forbidden` for a limited member: they never reassign devices. */
  async function customerOf(
    tx: Transaction<Tables>,
    tenant: Tenant,
    { customer, customerId }: DeviceChange,
    by: ChangedBy,
  ): Promise<CustomerRef | null | undefined> {
    if (customer === undefined && customerId === undefined) return undefined;
    if (tenant.customerIds !== null) {
      throw new MusterError(
        "forbidden",
        "Members with a customer limit cannot change the customer of a device.",
      );
    }
    return findGivenCustomer(customers, tx, tenant.orgId, { customer, customerId }, by);
  }

  return {
    async list(tenant, query, signal) {
      const now = clock.now();
      const { orgId } = tenant;
      if (!isIndexedList(tenant, query)) {
        return reads.run(deviceScan, { tenant: tenantOf(tenant), query, now }, { orgId, signal });
      }
      const after = query.cursor === undefined ? null : readCursor(query.cursor, query);
      return toDevicePage(await readDevicePage(store.read, orgId, query, after), query, now);
    },

    facets(tenant, query, signal) {
      const input = { tenant: tenantOf(tenant), query, now: clock.now() };
      return reads.run(deviceFacets, input, { orgId: tenant.orgId, signal });
    },

    async get(tenant, deviceId) {
      const row = await requireDevice(store.read, tenant, deviceId);
      return readDetail(store.read, tenant, row, clock.now());
    },

    change: (tenant, deviceId, change, by) =>
      changeDevice(tenant, deviceId, by, async (row, tx) => {
        const customer = await customerOf(tx, tenant, change, by);
        const columns = columnsFor(change, row, customer);
        if (Object.keys(columns).length === 0) return null;
        const dependency = await changeDependency(tx, store.dialect, tenant, {
          row,
          dependsOn: columns.depends_on,
        });
        if (change.tags && columns.tags !== undefined) {
          await replaceTags(tx, tenant.orgId, row.device_no, [...new Set(change.tags)]);
        }
        return {
          columns,
          action: "device.changed",
          details: changedFields(toDetail(row, clock.now()), change, { customer, dependency }),
        };
      }),
  };
}

/** Maintenance always has an end, within a year. */
export function maintenanceEnd(until: string | null, now: number): number | null {
  if (until === null) return null;
  const end = Date.parse(until);
  if (end > now && end - now <= MAX_MAINTENANCE_MS) return end;
  throw new MusterError("bad-request", "The end of the maintenance is out of range.", {
    details: [{ path: "maintenanceUntil", message: "must be in the future, by a year at most" }],
  });
}

/** The audit log records that notes changed, without their text. */
function changedFields(
  before: DeviceDetail,
  { notes, customer: _, customerId: __, ...change }: DeviceChange,
  {
    customer,
    dependency,
  }: { customer: CustomerRef | null | undefined; dependency: DependencyNames | undefined },
): Record<string, unknown> {
  const chosen = {
    ...before,
    class: before.classSource === "chosen" ? before.class : null,
    dependsOn: dependency?.from ?? null,
  };
  const changes = changesOf(chosen, {
    ...change,
    customer: customer === undefined ? undefined : (customer?.name ?? null),
    dependsOn: dependency?.to,
  });
  return notes === undefined || notes === before.notes ? { changes } : { changes, notes: "changed" };
}
