import type { Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { PushSubscriptionRow } from "../notifications.tables.ts";

/** Deletes the push subscriptions of a user in every organization: for an account whose password was changed. */
export async function deletePushSubscriptionsOfUser(tx: Transaction<Tables>, userId: string): Promise<void> {
  await tx.deleteFrom("push_subscriptions").where("user_id", "=", userId).execute();
}

/** Deletes what is known of a browser that has this user now: of the organization, and what other users chose in any. */
export async function deleteEarlierSubscriptions(
  tx: Transaction<Tables>,
  { endpoint_hash, org_id, user_id }: Pick<PushSubscriptionRow, "endpoint_hash" | "org_id" | "user_id">,
): Promise<void> {
  await tx
    .deleteFrom("push_subscriptions")
    .where("endpoint_hash", "=", endpoint_hash)
    .where((where) => where.or([where("org_id", "=", org_id), where("user_id", "<>", user_id)]))
    .execute();
}
