import { setImmediate } from "node:timers/promises";
import type { Transaction } from "kysely";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { Audit, CustomerDirectory } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Dialect, Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { isTransientFailure } from "../../platform/database/transient-failure.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { Logger } from "../../platform/logging/logger.ts";
import { changeDependency, type DependencyNames } from "../devices/change-dependency.ts";
import type { DeviceArchiving } from "../devices/device-archiving.ts";
import { findDevices, lockDevices } from "../devices/device.repository.ts";
import { replaceTagsOf } from "../devices/device-writes.repository.ts";
import { type DeviceRow, nameOf } from "../devices/device-row.ts";
import { readTags } from "../devices/listing.ts";
import { readTargetRows } from "../devices/device-target.repository.ts";
import type { PlannedChange, WriteDeviceChanges } from "../devices/write-device-changes.ts";
import type { OrganizationSettings } from "../organization-settings.ts";
import {
  countItems,
  lockEdit,
  readItems,
  readPendingItems,
  updateEdit,
  updateItems,
} from "./device-edit.repository.ts";
import type { DeviceEditItemRow, DeviceEditRow } from "./device-edits.tables.ts";
import {
  type EditContext,
  type EditedColumns,
  type PlannedEdit,
  planEdit,
  planUndo,
  type StoredChange,
} from "./plan-device-edit.ts";
import { actorOfEdit, tenantOfEdit } from "./stored-edit.ts";

/** Keeps a transaction short, so that reports do not wait for it. */
const DEVICES_PER_TRANSACTION = 25;
/** Devices of one edit that the audit log names; each has an entry of its own. */
const MAX_AUDITED_DEVICES = 50;

export type RunDeps = {
  store: Store;
  clock: Clock;
  audit: Audit;
  events: EventBus;
  log: Logger;
  customers: CustomerDirectory;
  settings: OrganizationSettings;
  archiving: DeviceArchiving;
  writeChanges: WriteDeviceChanges;
};

/**
 * Deals with the next devices of an edit in one transaction: a few at a time, and several servers never with the same ones. Returns
 * true when the edit is done.
 */
export type RunPortion = (edit: Pick<DeviceEditRow, "id" | "org_id">) => Promise<boolean>;

export function createRunPortion(deps: RunDeps): RunPortion {
  const { store, clock, events, log, settings } = deps;
  const editItems = createEditItems(deps);
  const finish = createFinish(deps);

  async function run(orgId: string, id: string, limit: number): Promise<boolean> {
    const { offlineAfterS } = await settings.of(orgId);
    const { isDone, changedIds } = await store.transaction(async (tx) => {
      const edit = await lockEdit(tx, store.dialect, orgId, id);
      if (edit?.state !== "running") return { isDone: true, changedIds: [] };
      const pending = await readPendingItems(tx, orgId, id, limit);
      // What one device depends on again decides whether the next one may, so that no circle comes back.
      const items = pending.some(restoresDependency) ? pending.slice(0, 1) : pending;
      const customers = await findCustomers(deps.customers, tx, edit, items);
      await lockDevices(
        tx,
        store.dialect,
        orgId,
        items.map(({ device_id }) => device_id),
      );
      const { archiving } = deps;
      const edited = await editItems(tx, edit, items, { archiving, offlineAfterS, customers });
      await updateItems(tx, edited);
      const ids = edited.filter(({ state }) => state === "changed").map(({ device_id }) => device_id);
      await updateEdit(tx, orgId, id, { touched_at: clock.now() });
      const isLast = pending.length < limit && items.length === pending.length;
      if (isLast) await finish(tx, edit);
      return { isDone: isLast, changedIds: ids };
    });
    if (changedIds.length > 0) events.publish({ topic: "device.changed", orgId, ids: changedIds });
    await setImmediate();
    return isDone;
  }

  /** Marks a device as failed, so that it does not stop the others; nothing when another server has dealt with it. */
  async function skip(orgId: string, id: string, failed: DeviceEditItemRow): Promise<void> {
    await store.transaction(async (tx) => {
      await lockEdit(tx, store.dialect, orgId, id);
      const [first] = await readPendingItems(tx, orgId, id, 1);
      if (first?.position === failed.position) {
        await updateItems(tx, [{ ...first, state: "failed", reason: "failed" }]);
      }
    });
  }

  async function runOne(orgId: string, id: string): Promise<boolean> {
    const [item] = await readPendingItems(store.read, orgId, id, 1);
    try {
      return await run(orgId, id, 1);
    } catch (error) {
      if (!item || isTransientFailure(error)) throw error;
      log.error({ err: error, edit: id, device: item.device_id }, "A device could not be edited.");
      await skip(orgId, id, item);
      return false;
    }
  }

  return async ({ id, org_id: orgId }) => {
    try {
      return await run(orgId, id, DEVICES_PER_TRANSACTION);
    } catch (error) {
      // The database failed, and no device is to blame.
      if (isTransientFailure(error)) throw error;
      // One device at a time finds the one that fails.
      for (let count = 0; count < DEVICES_PER_TRANSACTION; count += 1) {
        if (await runOne(orgId, id)) return true;
      }
      return false;
    }
  };
}

/** Edits devices, with a few statements for all of them, and returns what became of each. */
function createEditItems({ store, writeChanges }: RunDeps) {
  return async (
    tx: Transaction<Tables>,
    edit: DeviceEditRow,
    items: readonly DeviceEditItemRow[],
    given: Omit<EditContext, "dependencies">,
  ): Promise<DeviceEditItemRow[]> => {
    if (items.length === 0) return [];
    const { org_id: orgId } = edit;
    const deviceIds = items.map(({ device_id }) => device_id);
    const rows = await findDevices(tx, tenantOfEdit(edit), deviceIds);
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    const dependencies = await findDependencies(tx, store.dialect, { edit, items, rowOf });
    const context: EditContext = { ...given, dependencies };
    const changes: { row: DeviceRow; planned: PlannedChange }[] = [];
    const tagsOf = new Map<number, readonly string[]>();
    const edited = items.map((item) => {
      const row = rowOf.get(item.device_id);
      const result = row ? planItem(row, edit, item, context) : NOT_FOUND;
      if (row && result.kind === "change") {
        changes.push({ row, planned: result.planned });
        if (result.written.tags !== undefined) tagsOf.set(row.device_no, readTags(result.written.tags));
      }
      return withResult(item, result);
    });
    await replaceTagsOf(tx, orgId, tagsOf);
    await writeChanges(tx, orgId, changes, { actor: actorOfEdit(edit), requestId: edit.request_id });
    return edited;
  };
}

const NOT_FOUND: PlannedEdit = { kind: "refused", reason: "not-found" };

function planItem(
  row: DeviceRow,
  edit: DeviceEditRow,
  item: DeviceEditItemRow,
  context: EditContext,
): PlannedEdit {
  if (edit.undo_of !== null) return planUndo(row, valuesOf(item), context);
  return planEdit(row, changeOf(edit), context);
}

function withResult(item: DeviceEditItemRow, result: PlannedEdit): DeviceEditItemRow {
  switch (result.kind) {
    case "unchanged":
      return { ...item, state: "unchanged" };
    case "refused":
      return { ...item, state: "failed", reason: result.reason };
    case "change": {
      const { former, written } = result;
      return { ...item, state: "changed", former: JSON.stringify(former), written: JSON.stringify(written) };
    }
  }
}

/** One audit entry for the whole edit beside those of its devices. */
function createFinish({ clock, audit }: RunDeps) {
  return async (tx: Transaction<Tables>, edit: DeviceEditRow): Promise<void> => {
    const { id, org_id: orgId } = edit;
    const counts = await countItems(tx, orgId, id);
    const changed = await readItems(tx, orgId, id, { state: "changed", limit: MAX_AUDITED_DEVICES });
    const deviceIds = changed.map(({ device_id }) => device_id);
    const rows = deviceIds.length === 0 ? [] : await readTargetRows(tx, tenantOfEdit(edit), deviceIds);
    await updateEdit(tx, orgId, id, { state: "done", finished_at: clock.now() });
    if (counts.changed === 0) return;
    await audit.record(tx, {
      orgId,
      actor: actorOfEdit(edit),
      action: edit.undo_of === null ? "device.bulk-edited" : "device.bulk-undone",
      subject: { type: "device-edit", id, name: id },
      details: {
        devices: counts.changed,
        unchanged: counts.unchanged,
        failed: counts.failed,
        deviceIds,
        deviceNames: rows.map((row) => nameOf(row)),
      },
      requestId: edit.request_id,
    });
  };
}

/** The customers that the devices of a portion can get. One that was deleted meanwhile is left out. */
async function findCustomers(
  directory: CustomerDirectory,
  tx: Transaction<Tables>,
  edit: DeviceEditRow,
  items: readonly DeviceEditItemRow[],
): Promise<Map<string, CustomerRef>> {
  const wanted = items.map((item) =>
    edit.undo_of === null ? changeOf(edit).customerId : valuesOf(item).former.customer_id,
  );
  const customers = new Map<string, CustomerRef>();
  const ids = new Set(wanted.filter((id) => typeof id === "string"));
  // Always in the same order, so that two transactions never wait for each other.
  for (const id of [...ids].toSorted((one, other) => (one < other ? -1 : 1))) {
    try {
      customers.set(id, await directory.require(tx, edit.org_id, id));
    } catch (error) {
      if (!(error instanceof MusterError)) throw error;
    }
  }
  return customers;
}

/** The new dependencies of a portion that are allowed. */
async function findDependencies(
  tx: Transaction<Tables>,
  dialect: Dialect,
  {
    edit,
    items,
    rowOf,
  }: {
    edit: DeviceEditRow;
    items: readonly DeviceEditItemRow[];
    rowOf: ReadonlyMap<string, DeviceRow>;
  },
): Promise<Map<string, DependencyNames>> {
  const allowed = new Map<string, DependencyNames>();
  for (const item of items) {
    const row = rowOf.get(item.device_id);
    const dependsOn = edit.undo_of === null ? changeOf(edit).dependsOn : valuesOf(item).former.depends_on;
    if (!row || dependsOn === undefined || dependsOn === row.depends_on) continue;
    try {
      const names = await changeDependency(tx, dialect, tenantOfEdit(edit), { row, dependsOn });
      if (names) allowed.set(row.id, names);
    } catch (error) {
      if (!(error instanceof MusterError)) throw error;
    }
  }
  return allowed;
}

/** Only an item of an undo has former values before it is dealt with. */
function restoresDependency(item: DeviceEditItemRow): boolean {
  return valuesOf(item).former.depends_on !== undefined;
}

function changeOf({ change }: DeviceEditRow): StoredChange {
  const stored: StoredChange = JSON.parse(change);
  return stored;
}

function valuesOf({ former, written }: DeviceEditItemRow): { former: EditedColumns; written: EditedColumns } {
  return { former: JSON.parse(former ?? "{}"), written: JSON.parse(written ?? "{}") };
}
