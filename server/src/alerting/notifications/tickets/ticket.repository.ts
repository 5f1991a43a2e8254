import type { Kysely, Transaction } from "kysely";
import { inSlices } from "../../../platform/database/in-slices.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import type { TicketRow } from "../notifications.tables.ts";

export async function readTicketsOfChannel(
  db: Kysely<Tables>,
  channelId: string,
  alarmIds: readonly string[],
): Promise<Map<string, TicketRow>> {
  const rows = await inSlices(alarmIds, (slice) =>
    db
      .selectFrom("alarm_tickets")
      .selectAll()
      .where("channel_id", "=", channelId)
      .where("alarm_id", "in", slice)
      .execute(),
  );
  return new Map(rows.map((row) => [row.alarm_id, row]));
}

/** A ticket with the channel that opened it. */
export type ListedTicket = Pick<TicketRow, "alarm_id" | "ticket_id" | "key"> & {
  name: string;
  type: string;
  settings: string;
};

/** The tickets of alarms, by the names of their channels. */
export function readTickets(
  db: Kysely<Tables>,
  orgId: string,
  alarmIds: readonly string[],
): Promise<ListedTicket[]> {
  return inSlices(alarmIds, (slice) =>
    db
      .selectFrom("alarm_tickets as t")
      .innerJoin("channels as c", "c.id", "t.channel_id")
      .select(["t.alarm_id", "t.ticket_id", "t.key", "c.name", "c.type", "c.settings"])
      .where("t.org_id", "=", orgId)
      .where("t.alarm_id", "in", slice)
      .orderBy("c.name_key")
      .execute(),
  );
}

/** Stores the ticket of an alarm, in place of an earlier one. */
export async function writeTicket(tx: Transaction<Tables>, row: TicketRow): Promise<void> {
  const { alarm_id: _, channel_id: __, ...columns } = row;
  await tx
    .insertInto("alarm_tickets")
    .values(row)
    .onConflict((conflict) => conflict.columns(["alarm_id", "channel_id"]).doUpdateSet(columns))
    .execute();
}
