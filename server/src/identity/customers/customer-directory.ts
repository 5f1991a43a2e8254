import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Audit } from "../audit/audit.service.ts";
import type { ChangedBy } from "../organizations/organization.service.ts";

/** What this module needs to know of customers. The module `fleet` has them. */
export type CustomerDirectory = {
  /** Names by id. Customers that the organization does not have are left out. */
  namesOf(
    db: Kysely<Tables>,
    orgId: string,
    customerIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  /**
   * The customer with this id, which stays as it is until the transaction ends. Throws `bad-request` that names the field `customerId`
   * when the organization has none.
   */
  require(tx: Transaction<Tables>, orgId: string, customerId: string): Promise<CustomerRef>;
  /** The customer with this name, which is created if there is none. */
  ensure(tx: Transaction<Tables>, orgId: string, name: string, by: ChangedBy): Promise<CustomerRef>;
};

export type CreateCustomerDirectory = (audit: Pick<Audit, "record">) => CustomerDirectory;
