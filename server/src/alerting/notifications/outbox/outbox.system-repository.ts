import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { AttemptRow, DeliveryRow, MessageRow } from "../notifications.tables.ts";

/** A channel of an organization with messages that are due. */
export type DueChannel = Pick<MessageRow, "org_id" | "channel_id">;

/** Channels of all organizations but `busyOrgs` with due messages, those first that wait longest. */
export function readDueChannels(
  db: Kysely<Tables>,
  now: number,
  { busyOrgs, limit }: { busyOrgs: readonly string[]; limit: number },
): Promise<DueChannel[]> {
  let query = db
    .selectFrom("notification_messages")
    .select(["org_id", "channel_id"])
    .where("state", "=", "waiting")
    .where("due_at", "<=", now);
  if (busyOrgs.length > 0) query = query.where("org_id", "not in", busyOrgs);
  return query
    .groupBy(["org_id", "channel_id"])
    .orderBy(({ fn }) => fn.min("due_at"))
    .limit(limit)
    .execute();
}

/** Due messages that may be sent. A message waits for an earlier one that tells its recipient something of the same alarm. */
function selectSendable(db: Kysely<Tables>, now: number) {
  return db
    .selectFrom("notification_messages as m")
    .select("m.id")
    .where("m.state", "=", "waiting")
    .where("m.due_at", "<=", now)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("deliveries as d")
            .innerJoin("deliveries as earlier", (join) =>
              join
                .onRef("earlier.alarm_id", "=", "d.alarm_id")
                .onRef("earlier.channel_id", "=", "d.channel_id")
                .onRef("earlier.recipient", "=", "d.recipient")
                .onRef("earlier.message_id", "<", "d.message_id"),
            )
            .select("d.id")
            .whereRef("d.message_id", "=", "m.id")
            .where("d.state", "=", "waiting")
            .where("earlier.state", "=", "waiting"),
        ),
      ),
    );
}

/** Messages of a channel that may be sent, oldest first. */
export async function readDueMessages(
  db: Kysely<Tables>,
  { org_id, channel_id }: DueChannel,
  now: number,
  limit: number,
): Promise<string[]> {
  const rows = await selectSendable(db, now)
    .where("m.org_id", "=", org_id)
    .where("m.channel_id", "=", channel_id)
    .orderBy("m.due_at")
    .orderBy("m.id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Takes a due message for one attempt until `lease.until`; undefined when another server was faster. */
export function takeMessage(
  tx: Transaction<Tables>,
  messageId: string,
  now: number,
  lease: { token: string; until: number },
): Promise<MessageRow | undefined> {
  return tx
    .updateTable("notification_messages")
    .set((row) => ({ attempts: row("attempts", "+", 1), lease_token: lease.token, due_at: lease.until }))
    .where("id", "=", messageId)
    .where("state", "=", "waiting")
    .where("due_at", "<=", now)
    .returningAll()
    .executeTakeFirst();
}

/** Makes messages due whose lease was taken before `startedAt`, of servers that all have ended. */
export async function releaseLeases(
  tx: Transaction<Tables>,
  { startedAt, leaseMs }: { startedAt: number; leaseMs: number },
): Promise<void> {
  await tx
    .updateTable("notification_messages")
    .set({ lease_token: null, due_at: startedAt })
    .where("state", "=", "waiting")
    .where("lease_token", "is not", null)
    .where("due_at", "<", startedAt + leaseMs)
    .execute();
}

/** What a message tells, in the order of the events of each alarm. */
export function readDeliveriesOf(db: Kysely<Tables>, messageId: string): Promise<DeliveryRow[]> {
  return db
    .selectFrom("deliveries")
    .selectAll()
    .where("message_id", "=", messageId)
    .where("state", "=", "waiting")
    .orderBy("id")
    .execute();
}

export type MessageEnd = Pick<MessageRow, "state" | "due_at" | "ended_at">;

/** Writes the result of an attempt. False when the lease was over and another server took the message. */
export async function finishAttempt(
  tx: Transaction<Tables>,
  { id, lease_token }: Pick<MessageRow, "id" | "lease_token">,
  end: MessageEnd,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("notification_messages")
    .set({ ...end, lease_token: null })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .where("lease_token", "=", lease_token)
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) return false;
  if (end.state !== "waiting") {
    await tx
      .updateTable("deliveries")
      .set({ state: end.state })
      .where("message_id", "=", id)
      .where("state", "=", "waiting")
      .execute();
  }
  return true;
}

export async function dropDeliveries(tx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable("deliveries")
    .set({ state: "dropped" })
    .where("id", "in", ids)
    .where("state", "=", "waiting")
    .execute();
}

export async function insertAttempt(tx: Transaction<Tables>, row: AttemptRow): Promise<void> {
  await tx.insertInto("delivery_attempts").values(row).execute();
}

/** Whether a message could have been sent since `since`, and no server has tried any. */
export async function isOutboxStuck(db: Kysely<Tables>, since: number): Promise<boolean> {
  if (!(await selectSendable(db, since).limit(1).executeTakeFirst())) return false;
  const newest = await db
    .selectFrom("delivery_attempts")
    .select("at")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return newest === undefined || newest.at < since;
}

/**
 * Deletes messages that ended before `before`, with their deliveries and attempts. Returns how many. What was told of an alarm stays while
 * it is open: the end goes to the same people.
 */
export async function deleteOldMessages(
  tx: Transaction<Tables>,
  before: number,
  limit: number,
): Promise<number> {
  const rows = await tx
    .selectFrom("notification_messages as m")
    .select("m.id")
    .where("m.state", "<>", "waiting")
    .where("m.ended_at", "<", before)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("deliveries as d")
            .innerJoin("alarms as a", "a.id", "d.alarm_id")
            .select("d.id")
            .whereRef("d.message_id", "=", "m.id")
            .where("a.ended_at", "is", null),
        ),
      ),
    )
    .limit(limit)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx.deleteFrom("delivery_attempts").where("message_id", "in", ids).execute();
  await tx.deleteFrom("deliveries").where("message_id", "in", ids).execute();
  await tx.deleteFrom("notification_messages").where("id", "in", ids).execute();
  return ids.length;
}

/** Ends everything that waits. Returns how many messages. */
export async function dropAllWaiting(tx: Transaction<Tables>, at: number): Promise<number> {
  await tx.updateTable("deliveries").set({ state: "dropped" }).where("state", "=", "waiting").execute();
  const { numUpdatedRows } = await tx
    .updateTable("notification_messages")
    .set({ state: "dropped", ended_at: at, lease_token: null })
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
