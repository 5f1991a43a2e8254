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

/** The browsers in which members of an organization get push notifications. */
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

/** Deletes a push subscription. False when there is none. */
export async function deletePushSubscription(
  tx: Transaction<Tables>,
  orgId: string,
  id: string,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("push_subscriptions")
    .where("org_id", "=", orgId)
    .where("id", "=", id)
    .executeTakeFirst();
  return Number(numDeletedRows) > 0;
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
