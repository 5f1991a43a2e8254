import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import type { HeldLevel } from "@muster/shared/health/held-status.ts";
import type { Transaction } from "kysely";
import type { Actor, Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import { deviceStatusOf } from "../presence/device-status.ts";
import {
  type DeviceColumnChanges,
  findDevice,
  lockDevice,
  setHeldLevel,
  updateDevice,
} from "./device.repository.ts";
import { type DetailRow, nameOf, statusFactsOf, toDetail } from "./device-row.ts";
import type { Tenant } from "../../platform/tenant.ts";

export type ChangedBy = { actor: Actor; requestId: string | null };

/** The columns to change, and the entry in the audit log. */
export type PlannedChange = {
  columns: DeviceColumnChanges;
  /** Replaces the level of the score that counts, with what began to differ from it. */
  heldLevel?: HeldLevel;
  action: AuditAction;
  details?: Record<string, unknown>;
};

/**
 * Changes one device in one transaction: reads it, lets `plan` decide, writes the changes and the resulting status, and records them in
 * the audit log. `plan` may write more through `tx`, and returns null when there is nothing to do. Throws `not-found`.
 */
export type ChangeDevice = (
  tenant: Tenant,
  deviceId: string,
  by: ChangedBy,
  plan: (row: DetailRow, tx: Transaction<Tables>) => PlannedChange | null | Promise<PlannedChange | null>,
) => Promise<DeviceDetail>;

/** The same inside a transaction. The caller locks the device before, and publishes the change after the commit. */
export type ChangeDeviceIn = (
  tx: Transaction<Tables>,
  tenant: Tenant,
  deviceId: string,
  by: ChangedBy,
  plan: (row: DetailRow, tx: Transaction<Tables>) => PlannedChange | null | Promise<PlannedChange | null>,
) => Promise<{ row: DetailRow; isChanged: boolean }>;

export function createChangeDeviceIn({ clock, audit }: { clock: Clock; audit: Audit }): ChangeDeviceIn {
  return async (tx, tenant, deviceId, by, plan) => {
    const { orgId } = tenant;
    const before = await requireDevice(tx, tenant, deviceId);
    const planned = await plan(before, tx);
    if (!planned) return { row: before, isChanged: false };
    const { heldLevel = before.held_level } = planned;
    const changed = { ...before, ...planned.columns, held_level: heldLevel };
    const status = deviceStatusOf(statusFactsOf(changed), clock.now());
    if (planned.heldLevel !== undefined) await setHeldLevel(tx, orgId, before.device_no, heldLevel);
    await updateDevice(tx, orgId, before.device_no, {
      ...planned.columns,
      shown: status.shown,
      is_absent: status.isAbsent ? 1 : 0,
      attention_rank: status.attentionRank,
    });
    const after = await requireDevice(tx, tenant, deviceId);
    await audit.record(tx, {
      orgId,
      ...by,
      action: planned.action,
      subject: { type: "device", id: deviceId, name: nameOf(after) },
      customerId: after.customer_id,
      ...(planned.details && { details: planned.details }),
    });
    return { row: after, isChanged: true };
  };
}

export function createChangeDevice(deps: {
  store: Store;
  clock: Clock;
  events: EventBus;
  changeDeviceIn: ChangeDeviceIn;
}): ChangeDevice {
  const { store, clock, events, changeDeviceIn } = deps;

  return async (tenant, deviceId, by, plan) => {
    const { orgId } = tenant;
    const { row, isChanged } = await store.transaction(async (tx) => {
      await lockDevice(tx, store.dialect, orgId, deviceId);
      return changeDeviceIn(tx, tenant, deviceId, by, plan);
    });
    if (isChanged) events.publish({ topic: "device.changed", orgId, ids: [deviceId] });
    return toDetail(row, clock.now());
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
