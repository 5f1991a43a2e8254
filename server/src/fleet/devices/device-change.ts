import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import type { HeldLevel } from "@muster/shared/health/held-status.ts";
import type { Transaction } from "kysely";
import type { Actor, Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Dialect, Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import { type AvailabilityFacts, availabilityChange } from "../availability/availability-state.ts";
import { writeInterval } from "../availability/write-interval.repository.ts";
import { deviceStatusOf } from "../presence/device-status.ts";
import {
  type DeviceColumnChanges,
  findDevice,
  lockDevice,
  setHeldLevel,
  updateDevice,
} from "./device.repository.ts";
import { type DetailRow, nameOf, statusFactsOf } from "./device-row.ts";
import { insertChanges } from "../watch/device-signals.repository.ts";
import { readDetail } from "./read-detail.ts";
import { assertVersion, nextEdit, toEditInfo } from "../../platform/edit-version.ts";
import type { Tenant } from "../../platform/tenant.ts";

/** Who changes something, in which request, and the version that they have seen: any when it is left out or null. */
export type ChangedBy = { actor: Actor; requestId: string | null; version?: number | null };

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
 * the audit log. `plan` may write more through `tx`, and returns null when there is nothing to do. Throws `not-found`, and
 * `precondition-failed` for another version than that of `by`.
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

export function createChangeDeviceIn(deps: { dialect: Dialect; clock: Clock; audit: Audit }): ChangeDeviceIn {
  const { dialect, clock, audit } = deps;
  return async (tx, tenant, deviceId, by, plan) => {
    const { orgId } = tenant;
    const { actor, requestId, version = null } = by;
    const before = await requireDevice(tx, tenant, deviceId);
    assertVersion(version, toEditInfo(before));
    const planned = await plan(before, tx);
    if (!planned) return { row: before, isChanged: false };
    const { heldLevel = before.held_level } = planned;
    const changed = { ...before, ...planned.columns, held_level: heldLevel };
    const now = clock.now();
    const status = deviceStatusOf(statusFactsOf(changed), now);
    if (planned.heldLevel !== undefined) await setHeldLevel(tx, orgId, before.device_no, heldLevel);
    await updateDevice(tx, orgId, before.device_no, {
      ...planned.columns,
      ...(isEdit(planned.columns) && nextEdit(before, actor, now)),
      shown: status.shown,
      is_absent: status.isAbsent ? 1 : 0,
      attention_rank: status.attentionRank,
    });
    const after = await requireDevice(tx, tenant, deviceId);
    const availability = availabilityChange(availabilityFactsOf(before), availabilityFactsOf(after), now);
    const changedDevice = { deviceNo: before.device_no, lastReportAt: before.last_received_at };
    if (availability) await writeInterval(tx, dialect, changedDevice, availability);
    await insertChanges(tx, [{ orgId, deviceNo: before.device_no, deviceId, at: now }]);
    await audit.record(tx, {
      orgId,
      actor,
      requestId,
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
    return readDetail(store.read, tenant, row, clock.now());
  };
}

/** What members enter about a device. A change of anything else keeps the version. */
const EDITED_COLUMNS = [
  "label",
  "customer_id",
  "tags",
  "notes",
  "class_chosen",
  "maintenance_until",
  "excluded_mounts",
] as const satisfies readonly (keyof DeviceColumnChanges)[];

/** Whether the columns are an edit, which makes a new version. */
function isEdit(columns: DeviceColumnChanges): boolean {
  return EDITED_COLUMNS.some((name) => columns[name] !== undefined);
}

/** Null for an archived device, whose availability is not recorded. */
function availabilityFactsOf(row: DetailRow): AvailabilityFacts | null {
  if (row.archived_at !== null) return null;
  const { connection, shown } = row;
  return { connection, shown, isAbsent: row.is_absent === 1, isApproved: row.approved_at !== null };
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
