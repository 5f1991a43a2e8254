import type { CustomerDetail } from "@muster/shared/contracts/customer.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import type { ChangedBy } from "../devices/device-change.ts";
import type { Customers, CustomersDeps } from "./customer.service.ts";
import { insertChanges } from "../watch/device-signals.repository.ts";
import { moveDevices } from "./customer-devices.repository.ts";
import { deleteCustomer, lockCustomers, updateCustomer } from "./customer.repository.ts";
import { moveWindows } from "../maintenance/maintenance-window.repository.ts";
import { moveViews } from "../views/view.repository.ts";
import { columnsOf, inputOf } from "./customer-row.ts";

/**
 * Merges a customer into another one: its devices, tokens and limits move, what the other one leaves empty is taken over, and the first
 * one is deleted. Throws `not-found`, and `bad-request` for one customer given twice.
 */
export type MergeCustomers = (
  orgId: string,
  from: string,
  into: string,
  by: ChangedBy,
) => Promise<CustomerDetail>;

/** Gives what another module stores about a customer to the remaining one, in the transaction that merges them. */
export type MoveCustomer = (
  tx: Transaction<Tables>,
  orgId: string,
  from: string,
  into: string,
) => Promise<void>;

export function createMergeCustomers(
  deps: CustomersDeps,
  customers: Pick<Customers, "get">,
  moveMore: MoveCustomer = async () => undefined,
): MergeCustomers {
  const { store, clock, audit, events, references } = deps;
  return async (orgId, from, into, by) => {
    if (from === into) {
      throw new MusterError("bad-request", "A customer cannot be merged into itself.", {
        details: [{ path: "into", message: "must be another customer" }],
      });
    }
    const tenant = wholeOrganization(orgId);
    const moved = await store.transaction(async (tx) => {
      const locked = await lockCustomers(tx, store.dialect, tenant, [from, into]);
      const [source, target] = [from, into].map((id) => locked.find((row) => row.id === id));
      if (!source || !target) throw new MusterError("not-found", "There is no such customer.");
      const devices = await moveDevices(tx, store.dialect, from, target);
      await insertChanges(
        tx,
        devices.map((device) => ({ ...device, orgId, at: clock.now() })),
      );
      const { tokens, limits } = await references.move(tx, orgId, from, into);
      await moveViews(tx, orgId, from, into);
      await moveWindows(tx, orgId, { from, into, now: clock.now() });
      await moveMore(tx, orgId, from, into);
      await deleteCustomer(tx, orgId, from);
      const merged = merge(inputOf(source), inputOf(target));
      await updateCustomer(tx, orgId, into, {
        ...columnsOf(merged),
        updated_at: clock.now(),
        updated_by: by.actor.name,
      });
      await audit.record(tx, {
        orgId,
        ...by,
        action: "customer.merged",
        subject: { type: "customer", id: into, name: target.name },
        customerId: into,
        details: { merged: source.name, devices: devices.length, tokens, limits },
      });
      return devices;
    });
    const ids = moved.map(({ deviceId }) => deviceId);
    if (ids.length > 0) events.publish({ topic: "device.changed", orgId, ids });
    events.publish({ topic: "credential.changed", orgId, ids: [] });
    return customers.get(tenant, into);
  };
}

type Input = ReturnType<typeof inputOf>;

/** What the remaining customer has counts; contacts and notes of both stay, even where they are more than a form takes. */
function merge(from: Input, into: Input): Input {
  const notes = [into.notes, from.notes].filter((text) => text !== "").join("\n\n");
  return {
    name: into.name,
    company: into.company ?? from.company,
    email: into.email ?? from.email,
    contacts: [...into.contacts, ...from.contacts],
    notes,
  };
}
