import type { DeviceEdit, DeviceEditChange, NewDeviceEdit } from "@muster/shared/contracts/device-edit.ts";
import type { Transaction } from "kysely";
import { findGivenCustomer } from "../../identity/index.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { createTokenBuckets } from "../../platform/http/token-buckets.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import { type Tenant, tenantOf } from "../../platform/tenant.ts";
import type { ChangedBy } from "../devices/device-change.ts";
import { nameOf } from "../devices/device-row.ts";
import { maintenanceEnd } from "../devices/device.service.ts";
import { readTargetRows } from "../devices/device-target.repository.ts";
import type { FindDeviceTargets } from "../devices/device-targets.ts";
import type { ResolveDevices } from "../devices/resolve-devices.ts";
import {
  copyChangedItems,
  countItems,
  findEdit,
  insertEdit,
  insertItems,
  lockEdit,
  readItems,
  updateEdit,
} from "./device-edit.repository.ts";
import type { DeviceEditRow } from "./device-edits.tables.ts";
import type { StoredChange } from "./plan-device-edit.ts";
import type { RunDeps } from "./run-device-edit.ts";
import { actorKeyOf } from "./stored-edit.ts";
import type { EditRunner } from "./edit-runner.ts";

/** Edits many devices. An edit can be read and undone by the one who requested it only. */
export type DeviceEdits = {
  /** Edits the first hundred devices before it answers, and the others afterwards. Throws `not-found` where none of the devices exists, `conflict`, `forbidden` and `bad-request`. */
  start(tenant: Tenant, request: NewDeviceEdit, by: ChangedBy, signal: AbortSignal): Promise<DeviceEdit>;
  /** Throws `not-found`. */
  get(tenant: Tenant, id: string, by: ChangedBy): Promise<DeviceEdit>;
  /** Gives the devices their former values back, where nobody changed them since. Throws `not-found`, `conflict` and `forbidden`. */
  undo(tenant: Tenant, id: string, by: ChangedBy): Promise<DeviceEdit>;
};

const UNDO_MS = 15 * 60_000;
const MAX_FAILURES = 100;
/** Devices per organization over all edits: its whole fleet at once, and on average far more than users need. */
const DEVICE_LIMIT = { perSecond: 100, burst: 20_000 };

type DeviceEditsDeps = RunDeps & {
  makeId: MakeId;
  resolve: ResolveDevices;
  findTargets: FindDeviceTargets;
  runner: EditRunner;
};

export function createDeviceEdits(deps: DeviceEditsDeps): DeviceEdits {
  const { store, clock, makeId, resolve, findTargets, runner } = deps;
  const limits = createTokenBuckets(DEVICE_LIMIT, clock);
  const storedChange = createStoredChange(deps);

  function limitRequests(orgId: string, devices: number): void {
    const waitS = limits.take(orgId, devices);
    if (waitS === 0) return;
    throw new MusterError("rate-limited", "Too many devices were edited. Wait before you edit more.", {
      retryAfterS: waitS,
    });
  }

  function newEdit({ orgId, customerIds }: Tenant, { actor, requestId }: ChangedBy): DeviceEditRow {
    const now = clock.now();
    return {
      id: makeId(),
      org_id: orgId,
      actor: JSON.stringify(actor),
      actor_key: actorKeyOf(actor),
      customer_ids: customerIds === null ? null : JSON.stringify(customerIds),
      change: "{}",
      undo_of: null,
      state: "running",
      request_id: requestId,
      created_at: now,
      touched_at: now,
      finished_at: null,
      undone_by: null,
    };
  }

  async function get(tenant: Tenant, id: string, { actor }: ChangedBy): Promise<DeviceEdit> {
    const row = await findEdit(store.read, tenant.orgId, { id, actorKey: actorKeyOf(actor) });
    if (!row) throw notFound();
    const counts = await countItems(store.read, tenant.orgId, id);
    return {
      id,
      state: row.state,
      undoOf: row.undo_of,
      requestedAt: toInstant(row.created_at),
      finishedAt: toNullableInstant(row.finished_at),
      counts,
      failures: counts.failed === 0 ? [] : await failuresOf(tenant, id),
      undoUntil: counts.changed === 0 ? null : toNullableInstant(undoUntil(row)),
    };
  }

  async function failuresOf(tenant: Tenant, id: string): Promise<DeviceEdit["failures"]> {
    const items = await readItems(store.read, tenant.orgId, id, { state: "failed", limit: MAX_FAILURES });
    const ids = items.map(({ device_id }) => device_id);
    const rows = await readTargetRows(store.read, tenant, ids);
    const names = new Map(rows.map((row) => [row.id, nameOf(row)]));
    return items.map(({ device_id: deviceId, reason }) => ({
      deviceId,
      deviceName: names.get(deviceId) ?? deviceId,
      reason: reason ?? "failed",
    }));
  }

  /** Whether each device may depend on it is decided with that device. */
  async function requireDependency(tenant: Tenant, { dependsOn }: DeviceEditChange): Promise<void> {
    if (typeof dependsOn !== "string" || (await findTargets(tenant, [dependsOn])).has(dependsOn)) return;
    throw new MusterError("bad-request", "The devices cannot depend on this one.", {
      details: [{ path: "change.dependsOn", message: "must be a device of the organization" }],
    });
  }

  return {
    get,
    async start(tenant, { change, ...targets }, by, signal) {
      forbidReassignment(tenant, change);
      await requireDependency(tenant, change);
      const deviceIds = await resolve(tenantOf(tenant), targets, signal);
      limitRequests(tenant.orgId, deviceIds.length);
      if (targets.filter === undefined && (await findTargets(tenant, deviceIds)).size === 0) {
        throw new MusterError("not-found", "None of these devices exists.");
      }
      const edit = newEdit(tenant, by);
      await store.transaction(async (tx) => {
        const stored = await storedChange(tx, tenant, change, by);
        await insertEdit(tx, { ...edit, change: JSON.stringify(stored) });
        await insertItems(tx, edit, deviceIds);
      });
      await runner.start(edit);
      return get(tenant, edit.id, by);
    },

    async undo(tenant, id, by) {
      const { orgId } = tenant;
      const undo: DeviceEditRow = { ...newEdit(tenant, by), undo_of: id };
      await store.transaction(async (tx) => {
        const known = await findEdit(tx, orgId, { id, actorKey: actorKeyOf(by.actor) });
        const row = known && (await lockEdit(tx, store.dialect, orgId, id));
        if (!row) throw notFound();
        const { customerId }: StoredChange = JSON.parse(row.change);
        forbidReassignment(tenant, { customerId });
        if (row.state === "running")
          throw new MusterError("conflict", "The edit is still running. Undo it when it is done.");
        const until = undoUntil(row);
        if (until === null || until < clock.now())
          throw new MusterError("conflict", "The edit cannot be undone any more.");
        await insertEdit(tx, undo);
        await copyChangedItems(tx, orgId, id, undo.id);
        await updateEdit(tx, orgId, id, { undone_by: undo.id });
      });
      await runner.start(undo);
      return get(tenant, undo.id, by);
    },
  };
}

function createStoredChange({ clock, customers }: DeviceEditsDeps) {
  return async (
    tx: Transaction<Tables>,
    { orgId }: Tenant,
    { addTags, removeTags, customer, customerId, archived, ...change }: DeviceEditChange,
    by: ChangedBy,
  ): Promise<StoredChange> => {
    const stored: StoredChange = {};
    if (addTags) stored.addTags = addTags;
    if (removeTags) stored.removeTags = removeTags;
    if (customer !== undefined || customerId !== undefined) {
      const given = await findGivenCustomer(customers, tx, orgId, { customer, customerId }, by);
      stored.customerId = given?.id ?? null;
    }
    if (change.class !== undefined) stored.class = change.class;
    if (change.dependsOn !== undefined) stored.dependsOn = change.dependsOn;
    if (change.maintenanceUntil !== undefined)
      stored.maintenanceUntil = maintenanceEnd(change.maintenanceUntil, clock.now());
    if (archived !== undefined) stored.archivedAt = archived ? clock.now() : null;
    return stored;
  };
}

function forbidReassignment(
  { customerIds }: Tenant,
  { customer, customerId }: Pick<DeviceEditChange, "customer" | "customerId">,
): void {
  if (customerIds === null || (customer === undefined && customerId === undefined)) return;
  throw new MusterError("forbidden", "Members with a customer limit cannot change the customer of a device.");
}

function undoUntil({ undo_of, undone_by, finished_at }: DeviceEditRow): number | null {
  return undo_of === null && undone_by === null && finished_at !== null ? finished_at + UNDO_MS : null;
}

function notFound(): MusterError {
  return new MusterError("not-found", "There is no such edit.");
}
