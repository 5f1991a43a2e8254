import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Notify } from "../alarm-notice.ts";
import { findAnnouncement, insertAlarm, insertAlarmEvents, updateAlarm } from "./alarm.repository.ts";
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
  const { row, events } = toldStep(step, muting);
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
  for (const draft of drafts) {
    const isComplete = await announce(tx, notify, draft);
    const { row } = draft;
    if (isComplete && row.is_muted === 1 && row.ended_at === null)
      await updateAlarm(tx, { ...row, is_muted: 0 });
  }
}

/** Returns true when the newest announcement may have left somebody out, but did not. */
async function announce(
  tx: Transaction<Tables>,
  notify: Notify,
  { row, events }: AlarmDraft,
): Promise<boolean> {
  let isComplete = false;
  for (const { row: event, notice, inhibitedBy = [] } of events) {
    if (notice === null) continue;
    const result = await notify(tx, {
      orgId: row.org_id,
      alarmId: row.id,
      eventNumber: event.number,
      kind: notice,
      at: event.at,
      byUserId: event.by_type === "user" ? event.by_id : null,
      alarm: row,
      inhibitedBy,
      knownFrom: event.kind === "released" ? await findAnnouncement(tx, event) : null,
    });
    if (inhibitedBy.length > 0) ({ isComplete } = result);
  }
  return isComplete;
}
