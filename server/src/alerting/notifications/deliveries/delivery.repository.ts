import type { DeliveryListQuery } from "@muster/shared/contracts/delivery.ts";
import type { Kysely, Transaction } from "kysely";
import { isWithinLimit } from "../../../platform/database/customer-limit.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import type { IdPage } from "../../../platform/http/id-page.ts";
import type { Tenant } from "../../../platform/tenant.ts";
import type { AttemptRow, DeliveryRow, MessageRow } from "../notifications.tables.ts";

export type ListedDelivery = DeliveryRow & Pick<MessageRow, "due_at">;

function selectDeliveries(db: Kysely<Tables>, tenant: Tenant) {
  return db
    .selectFrom("deliveries as d")
    .innerJoin("notification_messages as m", "m.id", "d.message_id")
    .selectAll("d")
    .select("m.due_at")
    .where("d.org_id", "=", tenant.orgId)
    .where(isWithinLimit(tenant, "d.customer_id"));
}

/** Deliveries of a page, newest first; one more than its limit. */
export function readDeliveries(
  db: Kysely<Tables>,
  tenant: Tenant,
  { state, alarmId, channelId }: Pick<DeliveryListQuery, "state" | "alarmId" | "channelId">,
  page: IdPage,
): Promise<ListedDelivery[]> {
  let query = selectDeliveries(db, tenant);
  if (page.before !== null) query = query.where("d.id", "<", page.before);
  if (state !== undefined) query = query.where("d.state", "=", state);
  if (alarmId !== undefined) query = query.where("d.alarm_id", "=", alarmId);
  if (channelId !== undefined) query = query.where("d.channel_id", "=", channelId);
  return query
    .orderBy("d.id", "desc")
    .limit(page.limit + 1)
    .execute();
}

export function findDelivery(
  db: Kysely<Tables>,
  tenant: Tenant,
  deliveryId: string,
): Promise<ListedDelivery | undefined> {
  return selectDeliveries(db, tenant).where("d.id", "=", deliveryId).executeTakeFirst();
}

/** Attempts of messages, oldest first. */
export function readAttempts(
  db: Kysely<Tables>,
  orgId: string,
  messageIds: readonly string[],
): Promise<AttemptRow[]> {
  if (messageIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("delivery_attempts")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("message_id", "in", messageIds)
    .orderBy("id")
    .execute();
}

/** Sends a message that has ended once more, with everything that it told. False when it waits. */
export async function resumeMessage(
  tx: Transaction<Tables>,
  orgId: string,
  messageId: string,
  times: { dueAt: number; giveUpAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("notification_messages")
    .set({ state: "waiting", due_at: times.dueAt, give_up_at: times.giveUpAt, ended_at: null })
    .where("org_id", "=", orgId)
    .where("id", "=", messageId)
    .where("state", "in", ["sent", "failed"])
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) return false;
  await tx
    .updateTable("deliveries")
    .set({ state: "waiting" })
    .where("org_id", "=", orgId)
    .where("message_id", "=", messageId)
    .where("state", "in", ["sent", "failed"])
    .execute();
  return true;
}

/** Gives the deliveries about a customer to another one. */
export async function moveDeliveries(
  tx: Transaction<Tables>,
  orgId: string,
  from: string,
  into: string,
): Promise<void> {
  await tx
    .updateTable("deliveries")
    .set({ customer_id: into })
    .where("org_id", "=", orgId)
    .where("customer_id", "=", from)
    .execute();
}
