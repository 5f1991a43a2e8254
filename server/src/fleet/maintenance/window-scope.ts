import type { MaintenanceScope } from "@muster/shared/contracts/maintenance-window.ts";
import type { Transaction } from "kysely";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { type Tenant, wholeOrganization } from "../../platform/tenant.ts";
import { findCustomer } from "../customers/customer.repository.ts";
import { readTargetRows } from "../devices/device-target.repository.ts";
import { readTags } from "../devices/listing.ts";
import type { CoveredDevice } from "./covered-device.repository.ts";
import type { MaintenanceWindowRow } from "./maintenance.tables.ts";
import { readScope } from "./stored-window.ts";

/** The columns of a scope. */
export function scopeColumns(scope: MaintenanceScope) {
  return {
    scope: JSON.stringify(scope),
    customer_id: scope.kind === "customer" ? scope.customerId : null,
  };
}

/** Throws `bad-request` for a customer or device that the organization does not have. */
export async function assertScope(
  tx: Transaction<Tables>,
  orgId: string,
  scope: MaintenanceScope,
): Promise<void> {
  const tenant = wholeOrganization(orgId);
  if (scope.kind === "customer" && !(await findCustomer(tx, tenant, scope.customerId))) {
    throw scopeError("scope.customerId", "must be a customer of the organization");
  }
  const deviceIds = [...new Set(namedDevices(scope))];
  if (deviceIds.length > 0 && (await readTargetRows(tx, tenant, deviceIds)).length < deviceIds.length) {
    throw scopeError("scope.deviceIds", "must all be devices of the organization");
  }
}

function scopeError(path: string, message: string): MusterError {
  return new MusterError("bad-request", "The maintenance window names something that does not exist.", {
    details: [{ path, message }],
  });
}

/** Of windows for single devices, only those devices that the tenant reaches; without one of them, the window is not shown. */
export function createReadReached({ read }: Store) {
  return async (tenant: Tenant, rows: readonly MaintenanceWindowRow[]): Promise<MaintenanceWindowRow[]> => {
    if (tenant.customerIds === null) return [...rows];
    const named = rows.flatMap((row) => namedDevices(readScope(row)));
    const reached = named.length === 0 ? [] : await readTargetRows(read, tenant, [...new Set(named)]);
    const ids = new Set(reached.map(({ id }) => id));
    return rows.flatMap((row) => {
      const scope = readScope(row);
      if (scope.kind !== "devices") return [row];
      const deviceIds = scope.deviceIds.filter((id) => ids.has(id));
      return deviceIds.length === 0 ? [] : [{ ...row, scope: JSON.stringify({ ...scope, deviceIds }) }];
    });
  };
}

function namedDevices(scope: MaintenanceScope): string[] {
  return scope.kind === "devices" ? scope.deviceIds : [];
}

/** Whether a scope has a device. */
export function covers(scope: MaintenanceScope, device: Omit<CoveredDevice, "window_until">): boolean {
  switch (scope.kind) {
    case "organization":
      return true;
    case "customer":
      return device.customer_id === scope.customerId;
    case "tag":
      return readTags(device.tags).includes(scope.tag);
    case "class":
      return (device.class_chosen ?? device.class_guess) === scope.deviceClass;
    case "devices":
      return scope.deviceIds.includes(device.id);
  }
}
