import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { ChangedBy } from "../organizations/organization.service.ts";
import type { CustomerDirectory } from "./customer-directory.ts";

/** A customer as a request names it: by id, or by name, as clients from before customers had ids. */
type GivenCustomer = { customer?: string | null | undefined; customerId?: string | null | undefined };

/** Finds the customer that a request names, or creates it for a new name. Throws `bad-request` for an unknown id, or for both. */
export async function findGivenCustomer(
  directory: CustomerDirectory,
  tx: Transaction<Tables>,
  orgId: string,
  { customer = null, customerId = null }: GivenCustomer,
  by: ChangedBy,
): Promise<CustomerRef | null> {
  if (customer !== null && customerId !== null) {
    throw new MusterError("bad-request", "Give the customer either by name or by id, not both.", {
      details: [{ path: "customerId", message: "must be left out beside customer" }],
    });
  }
  if (customerId !== null) return directory.require(tx, orgId, customerId);
  return customer === null ? null : directory.ensure(tx, orgId, customer, by);
}
