import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { ChannelRow } from "../notifications.tables.ts";

export function readChannels(db: Kysely<Tables>, orgId: string): Promise<ChannelRow[]> {
  return db.selectFrom("channels").selectAll().where("org_id", "=", orgId).orderBy("name_key").execute();
}

export function findChannel(
  db: Kysely<Tables>,
  orgId: string,
  channelId: string,
): Promise<ChannelRow | undefined> {
  return db
    .selectFrom("channels")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("id", "=", channelId)
    .executeTakeFirst();
}

export async function insertChannel(tx: Transaction<Tables>, row: ChannelRow): Promise<void> {
  await tx.insertInto("channels").values(row).execute();
}

/** Returns false when the channel has another version by now. */
export async function updateChannel(
  tx: Transaction<Tables>,
  row: ChannelRow,
  version: number,
): Promise<boolean> {
  const { id, org_id, last_sent_at: _, failing_since: __, ...columns } = row;
  const { numUpdatedRows } = await tx
    .updateTable("channels")
    .set(columns)
    .where("org_id", "=", org_id)
    .where("id", "=", id)
    .where("edit_version", "=", version)
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

export async function deleteChannel(
  tx: Transaction<Tables>,
  orgId: string,
  channelId: string,
): Promise<void> {
  await tx.deleteFrom("channels").where("org_id", "=", orgId).where("id", "=", channelId).execute();
}

/** Remembers whether the last attempt reached the receiver. */
export async function writeChannelHealth(
  tx: Transaction<Tables>,
  { orgId, channelId }: { orgId: string; channelId: string },
  { isSent, at }: { isSent: boolean; at: number },
): Promise<void> {
  await tx
    .updateTable("channels")
    .set(({ fn, ref, val }) =>
      isSent
        ? { last_sent_at: at, failing_since: null }
        : { failing_since: fn.coalesce(ref("failing_since"), val(at)) },
    )
    .where("org_id", "=", orgId)
    .where("id", "=", channelId)
    .execute();
}
