import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { CustomerDirectory } from "./customer-directory.ts";
import { readLimits } from "./customer-limit.repository.ts";

type Limitable = { id: string; is_limited: 0 | 1 };

/** The customers of limits, by holder; null for those that have none. */
export type LimitsByHolder = (holder: Limitable) => CustomerRef[] | null;

/** Reads the limits of a page of members or keys, with the names of the customers. */
export async function readLimitNames(
  directory: CustomerDirectory,
  db: Kysely<Tables>,
  orgId: string,
  holders: readonly Limitable[],
): Promise<LimitsByHolder> {
  const limited = holders.filter(({ is_limited }) => is_limited === 1).map(({ id }) => id);
  const limits = await readLimits(db, orgId, limited);
  const names = await directory.namesOf(db, orgId, [...new Set([...limits.values()].flat())]);
  return ({ id, is_limited }) => {
    if (is_limited === 0) return null;
    const refs = (limits.get(id) ?? []).map((customerId) => ({
      id: customerId,
      name: names.get(customerId) ?? customerId,
    }));
    return refs.toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  };
}

/** Checks that a limit names only customers of the organization. Throws `bad-request`. */
export async function requireCustomers(
  directory: CustomerDirectory,
  tx: Transaction<Tables>,
  orgId: string,
  customerIds: readonly string[] | null | undefined,
): Promise<void> {
  for (const customerId of new Set(customerIds)) await directory.require(tx, orgId, customerId);
}
