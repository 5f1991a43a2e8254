import { type Kysely, sql, type Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { DeliveryRow, MessageRow } from "../notifications.tables.ts";
import type { RecentMessage } from "./plan-message.ts";

/** Whom a message goes to. */
export type Target = Pick<MessageRow, "channel_id" | "recipient">;

const MAX_RECENT = 100;

/** Messages to a recipient that were planned after `since`, the newest first. */
export function readRecentMessages(
  db: Kysely<Tables>,
  orgId: string,
  { channel_id, recipient }: Target,
  since: number,
): Promise<RecentMessage[]> {
  return db
    .selectFrom("notification_messages")
    .select(["id", "state", "planned_at", "is_collecting", "is_urgent", "attempts"])
    .where("org_id", "=", orgId)
    .where("channel_id", "=", channel_id)
    .where("recipient", "=", recipient)
    .where("planned_at", ">", since)
    .where("state", "<>", "dropped")
    .orderBy("planned_at", "desc")
    .orderBy("id", "desc")
    .limit(MAX_RECENT)
    .execute();
}

/** Locks a message that waits and returns how often it was tried; null while a server sends it, and after its end. */
export async function lockIdle(
  tx: Transaction<Tables>,
  orgId: string,
  messageId: string,
): Promise<number | null> {
  const row = await tx
    .updateTable("notification_messages")
    .set({ lease_token: null })
    .where("org_id", "=", orgId)
    .where("id", "=", messageId)
    .where("state", "=", "waiting")
    .where("lease_token", "is", null)
    .returning("attempts")
    .executeTakeFirst();
  return row?.attempts ?? null;
}

/** Locks a message that is still collecting, for one more event; false when it was taken, or tells `max` events already. */
export async function lockForEvent(
  tx: Transaction<Tables>,
  orgId: string,
  messageId: string,
  max: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("notification_messages")
    .set({ lease_token: null })
    .where("org_id", "=", orgId)
    .where("id", "=", messageId)
    .where("state", "=", "waiting")
    .where("attempts", "=", 0)
    .where(
      ({ selectFrom, fn }) =>
        selectFrom("deliveries")
          .select(fn.countAll<number>().as("events"))
          .whereRef("deliveries.message_id", "=", "notification_messages.id"),
      "<",
      max,
    )
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

export async function insertMessage(tx: Transaction<Tables>, row: MessageRow): Promise<void> {
  await tx.insertInto("notification_messages").values(row).execute();
}

/** Returns false for an event that the recipient is told already. */
export async function insertDelivery(tx: Transaction<Tables>, row: DeliveryRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("deliveries")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["alarm_id", "channel_id", "recipient", "event_number", "repetition"]).doNothing(),
    )
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Everything that was planned for an alarm, in the order of its events. */
export function readDeliveriesOfAlarm(
  db: Kysely<Tables>,
  orgId: string,
  alarmId: string,
): Promise<DeliveryRow[]> {
  return (
    db
      .selectFrom("deliveries")
      .selectAll()
      .where("alarm_id", "=", alarmId)
      // As a bare column, SQLite would read all deliveries of the organization by the index of these.
      .where(sql<boolean>`(org_id || '') = ${orgId}`)
      .orderBy("event_number")
      .orderBy("repetition")
      .execute()
  );
}

/** Ends one waiting delivery without sending it. A message without another one is dropped. */
export async function mergeDelivery(
  tx: Transaction<Tables>,
  { org_id, id, message_id }: DeliveryRow,
  at: number,
): Promise<void> {
  await tx
    .updateTable("deliveries")
    .set({ state: "merged" })
    .where("org_id", "=", org_id)
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .execute();
  await tx
    .updateTable("notification_messages")
    .set({ state: "dropped", ended_at: at })
    .where("org_id", "=", org_id)
    .where("id", "=", message_id)
    .where("state", "=", "waiting")
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("deliveries as d")
            .select("d.id")
            .whereRef("d.message_id", "=", "notification_messages.id")
            .where("d.state", "=", "waiting"),
        ),
      ),
    )
    .execute();
}
