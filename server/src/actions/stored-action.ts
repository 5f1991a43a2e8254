import type { ActionsQueued } from "@muster/shared/contracts/action.ts";
import type { ActionBatchRow, ActionRow, AskedBy, StoredStep } from "./actions.tables.ts";

/** The JSON columns of an action, which only this module wrote. */
export function readSteps({ steps }: ActionRow): StoredStep[] {
  const read: StoredStep[] = JSON.parse(steps);
  return read;
}

export function readAskedBy({ asked_by }: ActionRow): AskedBy {
  const read: AskedBy = JSON.parse(asked_by);
  return read;
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

export function readAnswer({ answer }: ActionBatchRow): ActionsQueued {
  const read: ActionsQueued = JSON.parse(answer);
  return read;
}
