import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { FollowUpRow } from "../notifications.tables.ts";

/** Replaces what is still to be said about an alarm. */
export async function writeFollowUp(tx: Transaction<Tables>, row: FollowUpRow): Promise<void> {
  const { alarm_id: _, org_id: __, ...columns } = row;
  await tx
    .insertInto("notification_follow_ups")
    .values(row)
    .onConflict((conflict) => conflict.column("alarm_id").doUpdateSet(columns))
    .execute();
}

export async function deleteFollowUp(tx: Transaction<Tables>, orgId: string, alarmId: string): Promise<void> {
  await tx
    .deleteFrom("notification_follow_ups")
    .where("org_id", "=", orgId)
    .where("alarm_id", "=", alarmId)
    .execute();
}

/** Moves a follow-up on. False when another server was faster, or the alarm was acknowledged or ended. */
export async function advanceFollowUp(
  tx: Transaction<Tables>,
  { alarm_id, org_id, event_number, repetition }: FollowUpRow,
  next: Pick<FollowUpRow, "repetition" | "remind_at" | "escalate_at">,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("notification_follow_ups")
    .set(next)
    .where("org_id", "=", org_id)
    .where("alarm_id", "=", alarm_id)
    .where("event_number", "=", event_number)
    .where("repetition", "=", repetition)
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

export type DueFollowUps = (
  db: Kysely<Tables>,
  now: number,
  page: { after: string; limit: number },
) => Promise<FollowUpRow[]>;
