import { actionBlockOf } from "@muster/shared/actions/action-block.ts";
import type { Action } from "@muster/shared/contracts/action.ts";
import type { ActionRow } from "./actions.tables.ts";
import { readAskedBy, readPayload, readResult, readSteps } from "./stored-action.ts";
import { toInstant } from "../platform/instant.ts";
import type { DeviceTarget } from "../fleet/index.ts";

/** An action as the API returns it. */
export function viewOf(row: ActionRow, target: DeviceTarget | undefined): Action {
  const { type, name } = readAskedBy(row);
  return {
    id: row.id,
    batchId: row.batch_id,
    deviceId: row.device_id,
    deviceName: target?.name ?? row.device_id,
    type: row.type,
    payload: readPayload(row),
    state: row.state,
    askedBy: { type, name },
    askedAt: toInstant(row.asked_at),
    validUntil: toInstant(row.valid_until),
    cancelAsked: row.cancel_asked === 1,
    waitsBecause: row.state === "pending" ? waitReason(target) : null,
    steps: readSteps(row).map(({ at, step, until, note }) => ({
      at: toInstant(at),
      step,
      until: until === null ? null : toInstant(until),
      note,
    })),
    result: readResult(row),
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? "" },
  };
}

function waitReason(target: DeviceTarget | undefined): Action["waitsBecause"] {
  if (!target) return null;
  const block = actionBlockOf({ ...target, isArchived: false });
  if (block !== null && block !== "archived") return block;
  if (target.isPaused) return "paused";
  if (!target.isOnline) return "offline";
  return null;
}
