import type { Kysely } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { DeliveryRow } from "../notifications.tables.ts";
import { readDeliveriesOfAlarm, type Target } from "./outbox.repository.ts";

/** Those of these receivers who were not told of any of these alarms, or of none of their events from a number on. */
export async function withoutTold(
  db: Kysely<Tables>,
  targets: readonly Target[],
  { orgId, alarmIds, from = 0 }: { orgId: string; alarmIds: readonly string[]; from?: number },
): Promise<Target[]> {
  const told = new Set<string>();
  for (const alarmId of targets.length > 0 ? alarmIds : []) {
    for (const key of toldTargets(await readDeliveriesOfAlarm(db, orgId, alarmId), from)) told.add(key);
  }
  return targets.filter((target) => !told.has(targetKeyOf(target)));
}

/** Who knows that an alarm is open: was told of an event of its from a number on, or will be, and of no end since. */
export function toldTargets(
  deliveries: readonly Pick<DeliveryRow, "event_number" | "kind" | "state" | "channel_id" | "recipient">[],
  from = 0,
): ReadonlySet<string> {
  const told = new Set<string>();
  for (const delivery of deliveries) {
    const { kind, state, event_number } = delivery;
    if (kind === "ended") told.delete(targetKeyOf(delivery));
    else if (event_number >= from && (state === "waiting" || state === "sent"))
      told.add(targetKeyOf(delivery));
  }
  return told;
}

function targetKeyOf({ channel_id, recipient }: Target): string {
  return `${channel_id} ${recipient}`;
}
