import type { QueuedActions } from "@muster/shared/contracts/action.ts";
import { toLine } from "@muster/shared/contracts/text.ts";
import type { ActionBatchRow, ActionRow, AskedBy, StoredStep } from "./actions.tables.ts";

/** Reads a JSON column of an action, which only this module writes; so do the functions below. */
export function readSteps({ steps }: Pick<ActionRow, "steps">): StoredStep[] {
  const read: StoredStep[] = JSON.parse(steps);
  return read;
}

export function readAskedBy({ asked_by }: Pick<ActionRow, "asked_by">): AskedBy {
  const read: AskedBy = JSON.parse(asked_by);
  return read;
}

/** Longest name of a requester that a device is sent, in UTF-16 units. */
const MAX_REQUESTER_LENGTH = 120;

/** Who requested the action, in one line for the local user: the name that the dashboard shows. */
export function requesterLine(row: Pick<ActionRow, "asked_by">): string {
  const { name, type } = readAskedBy(row);
  return toLine(name, MAX_REQUESTER_LENGTH) ?? type;
}

export function readPayload({ payload }: ActionRow): Record<string, unknown> {
  const read: Record<string, unknown> = JSON.parse(payload);
  return read;
}

export function readResult({ result }: ActionRow): Record<string, unknown> | null {
  if (result === null) return null;
  const read: Record<string, unknown> = JSON.parse(result);
  return read;
}

export function readAnswer({ answer }: ActionBatchRow): QueuedActions {
  const read: QueuedActions = JSON.parse(answer);
  return read;
}
