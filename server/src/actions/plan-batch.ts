import { createHash } from "node:crypto";
import { actionBlockOf } from "@muster/shared/actions/action-block.ts";
import { ACTIONS } from "@muster/shared/actions/catalog.ts";
import type { QueuedActions, NewActions } from "@muster/shared/contracts/action.ts";
import type { DeviceTarget } from "../fleet/index.ts";
import type { MakeId } from "../platform/crypto/ids.ts";
import { MusterError } from "../platform/errors.ts";
import { type ActionBatchRow, type ActionRow, type AskedBy, requesterOf } from "./actions.tables.ts";
import { readAnswer } from "./stored-action.ts";
import type { Tenant } from "../platform/tenant.ts";

/** The result of a request: the rows to store, and the answer. */
export type BatchPlan = {
  batch: ActionBatchRow;
  rows: readonly ActionRow[];
  answer: QueuedActions;
  deviceIds: readonly string[];
};

type BatchContext = {
  tenant: Tenant;
  /** Ids of the devices, each once. */
  requested: readonly string[];
  askedBy: AskedBy;
  targets: ReadonlyMap<string, DeviceTarget>;
  now: number;
  makeId: MakeId;
};

/** Plans one action for each device that may be acted on. Throws `bad-request` for a payload that does not fit the type. */
export function planBatch(
  request: NewActions,
  { tenant, requested, askedBy, targets, now, makeId }: BatchContext,
): BatchPlan {
  const { orgId } = tenant;
  const payload = JSON.stringify(parsePayload(request));
  const { accepted, refused } = splitTargets(requested, targets);
  const batchId = makeId();
  const validForS = request.validForS ?? ACTIONS[request.type].validForS;
  const rows = accepted.map(
    (device): ActionRow => ({
      ...emptyRow(now),
      id: makeId(),
      org_id: orgId,
      batch_id: batchId,
      device_id: device.id,
      type: request.type,
      payload,
      asked_by: JSON.stringify(askedBy),
      valid_until: now + validForS * 1000,
    }),
  );
  const queued = rows.map(({ id, device_id }) => ({ id, deviceId: device_id }));
  const answer: QueuedActions = { batchId, actions: queued, refused };
  const batch = {
    id: batchId,
    org_id: orgId,
    idempotency_key: request.idempotencyKey ?? null,
    request_digest: digestOf(request, tenant),
    answer: JSON.stringify(answer),
    asked_at: now,
    type: request.type,
    asked_by: JSON.stringify(askedBy),
    requester: requesterOf(askedBy),
  };
  return { batch, rows, answer, deviceIds: rows.map(({ device_id }) => device_id) };
}

/** The error of a request that names no device that can be acted on. */
export function noTargetError(refused: QueuedActions["refused"]): MusterError {
  const isUnknown = refused.every(({ reason }) => reason === "not-found");
  const details = refused
    .slice(0, 100)
    .map(({ deviceId, reason }) => ({ path: `deviceIds.${deviceId}`, message: reason }));
  return isUnknown
    ? new MusterError("not-found", "None of these devices exists.", { details })
    : new MusterError("conflict", "No action can be queued for any of these devices now.", { details });
}

/** The first answer again, for a repeated request with the same idempotency key. Throws `conflict` for a different request. */
export function repeatAnswer(earlier: ActionBatchRow, requestDigest: string): QueuedActions {
  if (earlier.request_digest === requestDigest) return readAnswer(earlier);
  throw new MusterError("conflict", "This idempotency key was used for another request. Use a new one.");
}

function parsePayload({ type, payload }: NewActions): Record<string, unknown> {
  const parsed = ACTIONS[type].payload.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new MusterError("bad-request", `The payload does not fit the action ${type}.`, {
    details: parsed.error.issues.map(({ path, message }) => ({
      path: ["payload", ...path].join("."),
      message,
    })),
  });
}

function splitTargets(ids: readonly string[], targets: ReadonlyMap<string, DeviceTarget>) {
  const accepted: DeviceTarget[] = [];
  const refused: QueuedActions["refused"] = [];
  for (const deviceId of ids) {
    const target = targets.get(deviceId);
    const reason = target ? actionBlockOf(target) : "not-found";
    if (reason !== null) refused.push({ deviceId, reason });
    else if (target) accepted.push(target);
  }
  return { accepted, refused };
}

/** With the customer limit of the caller, so that the answer to one caller is never repeated to another who reaches less. */
export function digestOf(request: NewActions, { customerIds }: Tenant): string {
  const limit = customerIds === null ? "" : customerIds.toSorted().join();
  return createHash("sha256").update(JSON.stringify(request)).update(limit).digest("hex");
}

function emptyRow(now: number) {
  return {
    state: "pending" as const,
    asked_at: now,
    changed_at: now,
    nonce: null,
    lease_until: null,
    start_boot_id: null,
    gives_up_at: null,
    cancel_asked: 0 as const,
    result: null,
    error_code: null,
    error_message: null,
    result_digest: null,
    steps: JSON.stringify([{ at: now, step: "asked", until: null, note: null }]),
  };
}
