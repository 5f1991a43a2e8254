import type { Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { DueFollowUps } from "./follow-up.repository.ts";

/** Follow-ups of all organizations with something due, in the order of their alarms. */
export const readDueFollowUps: DueFollowUps = (db, now, { after, limit }) =>
  db
    .selectFrom("notification_follow_ups")
    .selectAll()
    .where("alarm_id", ">", after)
    .where((where) => where.or([where("remind_at", "<=", now), where("escalate_at", "<=", now)]))
    .orderBy("alarm_id")
    .limit(limit)
    .execute();

/** Every alarm that is followed up is told again at once. */
export async function remindOfAll(tx: Transaction<Tables>, at: number): Promise<void> {
  await tx.updateTable("notification_follow_ups").set({ remind_at: at }).execute();
}
