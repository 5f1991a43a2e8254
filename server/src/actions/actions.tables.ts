import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { Action, ActionErrorCode, ActionState, ActionStep } from "@muster/shared/contracts/action.ts";

/** Times are epoch milliseconds; `payload`, `asked_by`, `result`, `steps` and `answer` are JSON. */
export type ActionRow = {
  id: string;
  org_id: string;
  batch_id: string;
  device_id: string;
  type: ActionType;
  payload: string;
  state: ActionState;
  asked_by: string;
  asked_at: number;
  valid_until: number;
  /** The device's nonce of the newest claim. */
  nonce: string | null;
  lease_until: number | null;
  start_boot_id: string | null;
  gives_up_at: number | null;
  cancel_asked: 0 | 1;
  result: string | null;
  error_code: ActionErrorCode | null;
  error_message: string | null;
  /** Distinguishes a repeated result from a different one. */
  result_digest: string | null;
  steps: string;
  changed_at: number;
};

/** A step as it is stored: like `ActionStep` with epoch milliseconds. */
export type StoredStep = { at: number; step: ActionStep["step"]; until: number | null; note: string | null };

export type ActionBatchRow = {
  id: string;
  org_id: string;
  idempotency_key: string | null;
  request_digest: string;
  answer: string;
  asked_at: number;
  /** Null for a batch whose devices were deleted before these columns existed. */
  type: ActionType | null;
  /** JSON of `AskedBy`. */
  asked_by: string | null;
  /** `requesterOf` it. */
  requester: string | null;
};

/** Who requested the action: what is shown, and the id for the audit log. */
export type AskedBy = Action["askedBy"] & { id: string | null };

/** Names a requester in filters: the type, and the id, or the name of one without an id. */
export function requesterOf({ type, id, name }: AskedBy): string {
  return `${type}:${id ?? name}`;
}

/** The id of an action in the legacy system of its device. */
export type LegacyActionIdRow = { org_id: string; legacy_id: string; action_id: string };

declare module "../platform/database/tables.ts" {
  interface Tables {
    actions: ActionRow;
    action_batches: ActionBatchRow;
    legacy_action_ids: LegacyActionIdRow;
  }
}
