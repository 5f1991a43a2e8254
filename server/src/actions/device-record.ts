import type { DeviceRecordEntry } from "@muster/shared/contracts/action-delivery.ts";
import type { ActionRow } from "./actions.tables.ts";
import { requesterLine, readSteps } from "./stored-action.ts";

/** Columns of an action that its device can read back: neither payload nor result, which may be long. */
export const RECORD_COLUMNS = [
  "id",
  "type",
  "asked_by",
  "asked_at",
  "state",
  "error_code",
  "steps",
] as const satisfies readonly (keyof ActionRow)[];

export type RecordRow = Pick<ActionRow, (typeof RECORD_COLUMNS)[number]>;

/** One action as its device reads it back, to compare it with the journal on the machine. */
export function recordOf(row: RecordRow): DeviceRecordEntry {
  const steps = readSteps(row);
  const started = steps.findLast(({ step }) => step === "started");
  const ended = steps.findLast(({ step }) => step === "ended" || step === "corrected");
  return {
    id: row.id,
    type: row.type,
    askedBy: requesterLine(row),
    askedAt: row.asked_at,
    startedAt: started?.at ?? null,
    endedAt: ended?.at ?? null,
    state: row.state,
    errorCode: row.error_code,
  };
}
