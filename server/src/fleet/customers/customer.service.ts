import type { AuditAction } from "@muster/shared/contracts/audit.ts";
import type {
  CustomerChange,
  CustomerDetail,
  CustomerListQuery,
  CustomerPage,
  NewCustomer,
} from "@muster/shared/contracts/customer.ts";
import type { Transaction } from "kysely";
import { type Audit, changesOf, type CustomerReferences } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import { assertVersion } from "../../platform/edit-version.ts";
import { type Tenant, wholeOrganization } from "../../platform/tenant.ts";
import type { ChangedBy } from "../devices/device-change.ts";
import type { CustomersTable } from "../fleet.tables.ts";
import { assertFree, requireLocked } from "./customer-checks.ts";
import { readCustomerCursor, writeCustomerCursor } from "./customer-cursor.ts";
import { countDevicesOf, hasDevices, moveDevices } from "./customer-devices.repository.ts";
import {
  deleteCustomer,
  findCustomer,
  insertCustomer,
  readCustomers,
  updateCustomer,
} from "./customer.repository.ts";
import { columnsOf, inputOf, toCustomer, toCustomerDetail } from "./customer-row.ts";
import { hasWindows } from "../maintenance/maintenance-window.repository.ts";
import { isUniqueViolation } from "../../platform/database/unique-violation.ts";

export type Customers = {
  /** One page in the order of the names. Throws `bad-request` for a cursor of another list. */
  list(tenant: Tenant, query: CustomerListQuery): Promise<CustomerPage>;
  /** Throws `not-found`, as everything below. */
  get(tenant: Tenant, customerId: string): Promise<CustomerDetail>;
  /** Throws `conflict` for a name or e-mail address that another customer has, as `change`. */
  create(orgId: string, input: NewCustomer, by: ChangedBy): Promise<CustomerDetail>;
  /** Throws `precondition-failed` when `version` is another one than the customer has. Without a version, any may be changed. */
  change(
    tenant: Tenant,
    customerId: string,
    given: { change: CustomerChange; version: number | null },
    by: ChangedBy,
  ): Promise<CustomerDetail>;
  setArchived(orgId: string, customerId: string, isArchived: boolean, by: ChangedBy): Promise<CustomerDetail>;
  /** Throws `conflict` while a device, a valid token or a limit refers to the customer. */
  remove(orgId: string, customerId: string, by: ChangedBy): Promise<void>;
};

export type CustomersDeps = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  events: EventBus;
  references: CustomerReferences;
};

/** For what other modules need the customer, each as a part of a sentence ("alarm rules are for it"). */
export type FindCustomerUses = (
  tx: Transaction<Tables>,
  orgId: string,
  customerId: string,
) => Promise<readonly string[]>;

export function createCustomers(
  deps: CustomersDeps & { findMoreUses?: FindCustomerUses | undefined },
): Customers {
  const { store, clock, makeId, audit } = deps;

  async function get(tenant: Tenant, customerId: string): Promise<CustomerDetail> {
    const row = await findCustomer(store.read, tenant, customerId);
    if (!row) throw new MusterError("not-found", "There is no such customer.");
    return toCustomerDetail(row, (await countDevicesOf(store.read, [row.id])).get(row.id) ?? 0);
  }

  return {
    async list(tenant, query) {
      const after = query.cursor === undefined ? null : readCustomerCursor(query.cursor);
      const rows = await readCustomers(store.read, tenant, query, after);
      const shown = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? shown.at(-1) : undefined;
      const devices = await countDevicesOf(
        store.read,
        shown.map(({ id }) => id),
      );
      return {
        items: shown.map((row) => toCustomer(row, devices.get(row.id) ?? 0)),
        nextCursor: last ? writeCustomerCursor({ nameSort: last.name_sort, id: last.id }) : null,
      };
    },
    get,
    async create(orgId, input, by) {
      const at = clock.now();
      const row: CustomersTable = {
        id: makeId(),
        org_id: orgId,
        ...columnsOf(input),
        archived_at: null,
        version: 1,
        created_at: at,
        updated_at: at,
        updated_by: by.actor.name,
      };
      await store.transaction(async (tx) => {
        await assertFree(tx, orgId, row);
        if (!(await insertCustomer(tx, row))) throw takenError();
        await audit.record(tx, entryOf(row, "customer.created", by));
      });
      return toCustomerDetail(row, 0);
    },
    change: createChange(deps, get),
    async setArchived(orgId, customerId, isArchived, by) {
      const tenant = wholeOrganization(orgId);
      await store.transaction(async (tx) => {
        const row = await requireLocked(tx, store.dialect, tenant, customerId);
        if ((row.archived_at !== null) === isArchived) return;
        const at = clock.now();
        await updateCustomer(tx, orgId, row.id, {
          archived_at: isArchived ? at : null,
          updated_at: at,
          updated_by: by.actor.name,
        });
        await audit.record(tx, entryOf(row, isArchived ? "customer.archived" : "customer.restored", by));
      });
      return get(tenant, customerId);
    },
    remove: createRemove(deps, deps.findMoreUses),
  };
}

function createChange(
  { store, clock, audit, events }: CustomersDeps,
  get: Customers["get"],
): Customers["change"] {
  return async (tenant, customerId, { change, version }, by) => {
    const { orgId } = tenant;
    const moved = await runUnlessTaken(store, async (tx) => {
      const before = await requireLocked(tx, store.dialect, tenant, customerId);
      assertVersion(version, toCustomer(before, 0));
      const columns = columnsOf({ ...inputOf(before), ...change });
      const stored: Record<string, unknown> = before;
      const changed = Object.entries(columns).filter(([name, value]) => stored[name] !== value);
      if (changed.length === 0) return [];
      await assertFree(tx, orgId, { id: customerId, ...columns });
      await updateCustomer(tx, orgId, customerId, {
        ...columns,
        updated_at: clock.now(),
        updated_by: by.actor.name,
      });
      const { name } = columns;
      const details = changedFields(inputOf(before), change);
      await audit.record(tx, { ...entryOf({ ...before, name }, "customer.changed", by), details });
      return name === before.name ? [] : moveDevices(tx, store.dialect, customerId, { id: customerId, name });
    });
    const ids = moved.map(({ deviceId }) => deviceId);
    if (ids.length > 0) events.publish({ topic: "device.changed", orgId, ids });
    return get(tenant, customerId);
  };
}

/** What another server stores at the same time is refused by the index only. */
async function runUnlessTaken<Result>(
  store: Store,
  work: (tx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  try {
    return await store.transaction(work);
  } catch (error) {
    throw isUniqueViolation(error) ? takenError() : error;
  }
}

function takenError(): MusterError {
  return new MusterError(
    "conflict",
    "Another customer has this name or e-mail address. Load the list again.",
  );
}

function createRemove(
  { store, audit, references }: CustomersDeps,
  findMoreUses: FindCustomerUses = async () => [],
): Customers["remove"] {
  async function assertUnused(tx: Transaction<Tables>, { org_id, id }: CustomersTable): Promise<void> {
    const { tokens, limits } = await references.count(tx, org_id, id);
    const uses = [
      (await hasDevices(tx, id)) ? "devices belong to it" : null,
      (await hasWindows(tx, org_id, id)) ? "maintenance windows are for it" : null,
      tokens > 0 ? "enrolment tokens belong to it" : null,
      limits > 0 ? "members or API keys are limited to it" : null,
      ...(await findMoreUses(tx, org_id, id)),
    ].filter((use) => use !== null);
    if (uses.length === 0) return;
    throw new MusterError(
      "conflict",
      `The customer cannot be deleted: ${uses.join(", ")}. Merge it into another customer, or archive it.`,
    );
  }

  return async (orgId, customerId, by) => {
    await store.transaction(async (tx) => {
      const row = await requireLocked(tx, store.dialect, wholeOrganization(orgId), customerId);
      await assertUnused(tx, row);
      await references.clear(tx, orgId, customerId);
      await deleteCustomer(tx, orgId, customerId);
      await audit.record(tx, entryOf(row, "customer.removed", by));
    });
  };
}

/** The audit log records that notes and contacts changed, without their text. */
function changedFields(
  before: ReturnType<typeof inputOf>,
  { notes, contacts, ...change }: CustomerChange,
): Record<string, unknown> {
  return {
    changes: changesOf(before, change),
    ...(notes !== undefined && notes !== before.notes && { notes: "changed" }),
    ...(contacts && { contacts: "changed" }),
  };
}

function entryOf(row: Pick<CustomersTable, "id" | "org_id" | "name">, action: AuditAction, by: ChangedBy) {
  return {
    orgId: row.org_id,
    ...by,
    action,
    subject: { type: "customer", id: row.id, name: row.name },
    customerId: row.id,
  };
}
