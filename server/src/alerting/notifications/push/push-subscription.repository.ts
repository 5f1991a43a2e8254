import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { PushSubscriptionRow } from "../notifications.tables.ts";

/** The push subscriptions of a member, the newest first. */
export function readPushSubscriptions(
  db: Kysely<Tables>,
  orgId: string,
  userId: string,
): Promise<PushSubscriptionRow[]> {
  return db
    .selectFrom("push_subscriptions")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("user_id", "=", userId)
    .orderBy("id", "desc")
    .execute();
}

/** The browsers in which members of an organization get push messages. */
export async function readPushBrowsers(
  db: Kysely<Tables>,
  orgId: string,
): Promise<{ id: string; userId: string; name: string }[]> {
  return db
    .selectFrom("push_subscriptions")
    .select(["id", "user_id as userId", "name"])
    .where("org_id", "=", orgId)
    .orderBy("id")
    .execute();
}

export function findPushSubscription(
  db: Kysely<Tables>,
  orgId: string,
  id: string,
): Promise<PushSubscriptionRow | undefined> {
  return db
    .selectFrom("push_subscriptions")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function insertPushSubscription(
  tx: Transaction<Tables>,
  row: PushSubscriptionRow,
): Promise<void> {
  await tx.insertInto("push_subscriptions").values(row).execute();
}

/** Deletes a push subscription of an organization; of a user when one is given. Returns it, or undefined when there is none. */
export function deletePushSubscription(
  tx: Transaction<Tables>,
  { orgId, id, userId }: { orgId: string; id: string; userId?: string },
): Promise<Pick<PushSubscriptionRow, "id" | "name"> | undefined> {
  return tx
    .deleteFrom("push_subscriptions")
    .where("org_id", "=", orgId)
    .where("id", "=", id)
    .$if(userId !== undefined, (query) => query.where("user_id", "=", userId ?? ""))
    .returning(["id", "name"])
    .executeTakeFirst();
}

/** Deletes what an organization knows of a browser, whoever used it. */
export async function deletePushSubscriptionsOfBrowser(
  tx: Transaction<Tables>,
  orgId: string,
  endpointHash: string,
): Promise<void> {
  await tx
    .deleteFrom("push_subscriptions")
    .where("org_id", "=", orgId)
    .where("endpoint_hash", "=", endpointHash)
    .execute();
}

export async function writePushSent(
  tx: Transaction<Tables>,
  { orgId, id, at }: { orgId: string; id: string; at: number },
): Promise<void> {
  await tx
    .updateTable("push_subscriptions")
    .set({ last_sent_at: at })
    .where("org_id", "=", orgId)
    .where("id", "=", id)
    .execute();
}
