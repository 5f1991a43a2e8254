import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Notify } from "../alarm-notice.ts";
import { insertAlarm, insertAlarmEvents, updateAlarm } from "./alarm.repository.ts";
import type { AlarmStep, AlarmStepEvent } from "./alarm-machine.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import type { Muting } from "./mute-causes.ts";
import { toldStep } from "./told-notices.ts";

/** An alarm that a transaction changes, with what happened to it so far. */
export type AlarmDraft = { row: AlarmRow; isNew: boolean; events: AlarmStepEvent[] };

/** The draft after a further step. `draft` is null for the first step of the transaction. */
export function drafted(
  draft: AlarmDraft | null,
  step: AlarmStep,
  { muting = null, isNew = draft?.isNew ?? false }: { muting?: Muting | null; isNew?: boolean } = {},
): AlarmDraft {
  const { row, events } = toldStep(step, muting?.cause ?? null);
  return { row, isNew, events: [...(draft?.events ?? []), ...events] };
}

/** Writes alarms with their events, then has the messages about them planned. */
export async function writeAlarms(
  tx: Transaction<Tables>,
  notify: Notify,
  drafts: readonly AlarmDraft[],
): Promise<void> {
  for (const { row, isNew } of drafts) await (isNew ? insertAlarm(tx, row) : updateAlarm(tx, row));
  await insertAlarmEvents(
    tx,
    drafts.flatMap(({ events }) => events.map((event) => event.row)),
  );
  for (const { row, events } of drafts) {
    for (const { row: event, notice } of events) {
      if (notice === null) continue;
      await notify(tx, {
        orgId: row.org_id,
        alarmId: row.id,
        eventNumber: event.number,
        kind: notice,
        at: event.at,
        byUserId: event.by_type === "user" ? event.by_id : null,
        alarm: row,
      });
    }
  }
}
