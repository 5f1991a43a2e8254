import type { Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { CustomersTable } from "../fleet.tables.ts";
import { findCustomerByEmail, findCustomerByKey, lockCustomers } from "./customer.repository.ts";

/** Locks a customer for a change. Throws `not-found`. */
export async function requireLocked(
  tx: Transaction<Tables>,
  dialect: Dialect,
  tenant: Tenant,
  customerId: string,
): Promise<CustomersTable> {
  const [row] = await lockCustomers(tx, dialect, tenant, [customerId]);
  if (!row) throw new MusterError("not-found", "There is no such customer.");
  return row;
}

/** Throws `conflict` with the field when another customer has the name or the e-mail address. */
export async function assertFree(
  tx: Transaction<Tables>,
  orgId: string,
  { id, name_key, email }: Pick<CustomersTable, "id" | "name_key" | "email">,
): Promise<void> {
  const named = await findCustomerByKey(tx, orgId, name_key);
  if (named && named.id !== id) {
    throw new MusterError("conflict", `There is already a customer named ${named.name}.`, {
      details: [{ path: "name", message: "belongs to another customer" }],
    });
  }
  const addressed = email === null ? undefined : await findCustomerByEmail(tx, orgId, email);
  if (addressed && addressed.id !== id) {
    throw new MusterError("conflict", `The customer ${addressed.name} already has this e-mail address.`, {
      details: [{ path: "email", message: "belongs to another customer" }],
    });
  }
}
