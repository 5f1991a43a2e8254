import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import type { Transaction } from "kysely";
import type { Actor } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { assertVersion, toEditInfo } from "../../platform/edit-version.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { findDevice, lockDevice } from "./device.repository.ts";
import type { DetailRow } from "./device-row.ts";
import { readDetail } from "./read-detail.ts";
import type { PlannedChange, WriteDeviceChanges } from "./write-device-changes.ts";

/** Who changes something, in which request, and the version that they have seen: any when it is left out or null. */
export type ChangedBy = { actor: Actor; requestId: string | null; version?: number | null };

/**
 * Changes one device in one transaction: reads it, lets `plan` decide, writes the changes and the resulting status, and records them in
 * the audit log. `plan` may write more through `tx`, and returns null when there is nothing to do. Throws `not-found`, and
 * `precondition-failed` for another version than that of `by`.
 */
export type ChangeDevice = (
  tenant: Tenant,
  deviceId: string,
  by: ChangedBy,
  plan: (row: DetailRow, tx: Transaction<Tables>) => PlannedChange | null | Promise<PlannedChange | null>,
) => Promise<DeviceDetail>;

export function createChangeDevice(deps: {
  store: Store;
  clock: Clock;
  events: EventBus;
  writeChanges: WriteDeviceChanges;
}): ChangeDevice {
  const { store, clock, events, writeChanges } = deps;

  return async (tenant, deviceId, by, plan) => {
    const { orgId } = tenant;
    const { row, isChanged } = await store.transaction(async (tx) => {
      await lockDevice(tx, store.dialect, orgId, deviceId);
      const before = await requireDevice(tx, tenant, deviceId);
      assertVersion(by.version ?? null, toEditInfo(before));
      const planned = await plan(before, tx);
      if (!planned) return { row: before, isChanged: false };
      const [after = before] = await writeChanges(tx, orgId, [{ row: before, planned }], by);
      return { row: after, isChanged: true };
    });
    if (isChanged) events.publish({ topic: "device.changed", orgId, ids: [deviceId] });
    return readDetail(store.read, tenant, row, clock.now());
  };
}

/** Finds a device of the tenant. Throws `not-found`, for a foreign one as well. */
export async function requireDevice(
  db: Parameters<typeof findDevice>[0],
  tenant: Tenant,
  deviceId: string,
): Promise<DetailRow> {
  const row = await findDevice(db, tenant, deviceId);
  if (!row) throw new MusterError("not-found", "There is no such device.");
  return row;
}
