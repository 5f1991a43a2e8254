import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { MAIL_CHANNEL, PUSH_CHANNEL } from "../notifications/index.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MIN_FAILURES = 3;
/** What the mails of the server to users are called; a proper name in every language. */
const MAIL_NAME = "E-Mail";
const PUSH_NAME = "Push";

type ChannelRef = { orgId: string; channelId: string };

/** A channel over which nothing was accepted since `since`, epoch milliseconds. */
export type FailingChannel = ChannelRef & { name: string; since: number };

/** Channels of all organizations over which only failed attempts were made for an hour, three at least. */
export async function readFailingChannels(db: Kysely<Tables>, now: number): Promise<FailingChannel[]> {
  const failing: FailingChannel[] = [];
  for (const channel of await readSuspects(db, now)) {
    const sentAt = await readLastSentAt(db, channel, now - DAY_MS);
    const { count, first } = await readFailures(db, channel, sentAt ?? now - DAY_MS);
    if (count < MIN_FAILURES || first === null || first > now - HOUR_MS) continue;
    const name = await readName(db, channel);
    if (name !== null) failing.push({ ...channel, name, since: first });
  }
  return failing;
}

/** When a message was last accepted over the channel after `after`; null for never. */
export async function readLastSentAt(
  db: Kysely<Tables>,
  { orgId, channelId }: ChannelRef,
  after: number,
): Promise<number | null> {
  const row = await db
    .selectFrom("notification_messages")
    .select("due_at")
    .where("state", "=", "sent")
    .where("due_at", ">", after)
    .where("org_id", "=", orgId)
    .where("channel_id", "=", channelId)
    .orderBy("due_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? null;
}

/** False for a channel that is switched off or deleted. */
export async function isChannelUsed(db: Kysely<Tables>, channel: ChannelRef): Promise<boolean> {
  return (await readName(db, channel)) !== null;
}

/** Channels with a message that was not accepted, in the last day. */
async function readSuspects(db: Kysely<Tables>, now: number): Promise<ChannelRef[]> {
  const rows = await db
    .selectFrom("notification_messages")
    .select(["org_id", "channel_id"])
    .distinct()
    .where((where) =>
      where.or([
        where.and([where("state", "=", "waiting"), where("attempts", ">", 0)]),
        where.and([where("state", "=", "failed"), where("due_at", ">", now - DAY_MS)]),
      ]),
    )
    .execute();
  return rows.map(({ org_id: orgId, channel_id: channelId }) => ({ orgId, channelId }));
}

/** How many attempts failed after `after`, and when the first of them was made. */
async function readFailures(db: Kysely<Tables>, { orgId, channelId }: ChannelRef, after: number) {
  return db
    .selectFrom("notification_messages as m")
    .innerJoin("delivery_attempts as a", "a.message_id", "m.id")
    .select(({ fn }) => [fn.countAll<number>().as("count"), fn.min("a.at").as("first")])
    .where("m.state", "in", ["waiting", "failed"])
    .where("m.due_at", ">", after)
    .where("m.org_id", "=", orgId)
    .where("m.channel_id", "=", channelId)
    .where("a.at", ">", after)
    .where("a.outcome", "<>", "sent")
    .executeTakeFirstOrThrow();
}

/** Null for a channel that is switched off or deleted. */
async function readName(db: Kysely<Tables>, { orgId, channelId }: ChannelRef): Promise<string | null> {
  if (channelId === MAIL_CHANNEL) return MAIL_NAME;
  if (channelId === PUSH_CHANNEL) return PUSH_NAME;
  const row = await db
    .selectFrom("channels")
    .select("name")
    .where("org_id", "=", orgId)
    .where("id", "=", channelId)
    .where("is_enabled", "=", 1)
    .executeTakeFirst();
  return row?.name ?? null;
}
