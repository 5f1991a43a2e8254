import type { Transaction } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import { hasPoliciesOf } from "./notifications/index.ts";
import { hasRulesOf } from "./rules/alarm-rule.repository.ts";
import { hasComponentsOf } from "./status-page/index.ts";

/** What would silently do nothing any more without the customer, as parts of a sentence. A silence ends by itself and does not count. */
export async function findCustomerUses(
  tx: Transaction<Tables>,
  orgId: string,
  customerId: string,
): Promise<string[]> {
  const uses = [
    (await hasRulesOf(tx, orgId, customerId)) ? "alarm rules are for it" : null,
    (await hasPoliciesOf(tx, orgId, customerId)) ? "notification policies are for it" : null,
    (await hasComponentsOf(tx, orgId, customerId)) ? "the status page shows it" : null,
  ];
  return uses.filter((use) => use !== null);
}
