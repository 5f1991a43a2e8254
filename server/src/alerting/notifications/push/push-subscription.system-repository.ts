import type { Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";

/** Deletes the push subscriptions of a user in every organization: for an account whose password was changed. */
export async function deletePushSubscriptionsOfUser(tx: Transaction<Tables>, userId: string): Promise<void> {
  await tx.deleteFrom("push_subscriptions").where("user_id", "=", userId).execute();
}

/** Deletes what other users chose in a browser that has another user now, in every organization. */
export async function deletePushSubscriptionsOfOthers(
  tx: Transaction<Tables>,
  endpointHash: string,
  userId: string,
): Promise<void> {
  await tx
    .deleteFrom("push_subscriptions")
    .where("endpoint_hash", "=", endpointHash)
    .where("user_id", "<>", userId)
    .execute();
}
