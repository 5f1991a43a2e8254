import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import { moveDeliveries } from "../deliveries/delivery.repository.ts";
import { readPolicies, updatePolicy } from "./policy.repository.ts";
import { definitionOf } from "./policy-row.ts";

/** Gives the policies and deliveries about a customer to another one. */
export async function moveNotifications(
  tx: Transaction<Tables>,
  orgId: string,
  from: string,
  into: string,
): Promise<void> {
  await moveDeliveries(tx, orgId, from, into);
  for (const row of await readPolicies(tx, orgId)) {
    const definition = definitionOf(row);
    const { match } = definition;
    if (!match.customerIds.includes(from)) continue;
    const customerIds = [...new Set(match.customerIds.map((id) => (id === from ? into : id)))];
    const moved = JSON.stringify({ ...definition, match: { ...match, customerIds } });
    await updatePolicy(
      tx,
      { ...row, definition: moved, edit_version: row.edit_version + 1 },
      row.edit_version,
    );
  }
}

/** Whether a policy names the customer. */
export async function hasPoliciesOf(db: Kysely<Tables>, orgId: string, customerId: string): Promise<boolean> {
  const policies = await readPolicies(db, orgId);
  return policies.some((row) => definitionOf(row).match.customerIds.includes(customerId));
}
