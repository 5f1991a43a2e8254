import { createHash } from "node:crypto";
import { ACTIONS, type ActionType } from "@muster/shared/actions/catalog.ts";
import type {
  Action,
  ActionListQuery,
  ActionPage,
  ActionsQueued,
  NewActions,
} from "@muster/shared/contracts/action.ts";
import { Role } from "@muster/shared/contracts/identity.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import { MusterError } from "../platform/errors.ts";
import type { CompatCaller, MemberCaller } from "../platform/http/caller.ts";
import { createTokenBuckets } from "../platform/http/token-buckets.ts";
import { readIdPage, toIdPage } from "../platform/http/id-page.ts";
import { cancelAsked, closed } from "./action-transitions.ts";
import { viewOf } from "./action-view.ts";
import type { ActionsPlatform } from "./actions-platform.ts";
import type { ActionBatchRow, ActionRow, AskedBy } from "./actions.tables.ts";
import { readAnswer } from "./stored-action.ts";
import type { DeviceTarget } from "../fleet/index.ts";

/** Who asks, and under which request. */
export type AskedThrough = { caller: MemberCaller | CompatCaller; requestId: string | null };

export type ActionService = {
  /**
   * Queues one action per device; what may not be acted on is refused by itself. Throws when nothing could be queued, and
   * `rate-limited` when the organization asks for too much.
   */
  queue(through: AskedThrough, request: NewActions): Promise<ActionsQueued>;
  get(orgId: string, id: string): Promise<Action>;
  list(orgId: string, query: ActionListQuery): Promise<ActionPage>;
  /** Cancels at once what waits; asks the device about what it has. Throws `conflict` for what has ended. */
  cancel(through: AskedThrough, id: string): Promise<Action>;
};

/** Devices that one organization may name in what it asks for: its whole fleet at once, and on average far more than people ask. */
const ASKED = { perSecond: 100, burst: 20_000 };

export function createActionService(platform: ActionsPlatform): ActionService {
  const { store, clock, makeId, audit, actorOf, actions, findTargets, announce } = platform;

  const limits = createTokenBuckets(ASKED, clock);

  function limitAsking(orgId: string, devices: number): void {
    const waitS = limits.take(orgId, devices);
    if (waitS === 0) return;
    throw new MusterError("rate-limited", "too many actions were asked for: wait before the next ones", {
      retryAfterS: waitS,
    });
  }

  async function get(orgId: string, id: string): Promise<Action> {
    const row = await actions.find(store.read, orgId, id);
    if (!row) throw notFound();
    return viewOf(row, (await findTargets(orgId, [row.device_id])).get(row.device_id));
  }

  async function replaceWaiting(
    tx: Transaction<Tables>,
    orgId: string,
    type: ActionType,
    ids: readonly string[],
  ) {
    if (!ACTIONS[type].isCoalesced) return;
    for (const row of await actions.lockPendingOfType(tx, orgId, ids, type)) {
      await actions.update(tx, orgId, closed(row, "cancelled", clock.now(), "replaced by a newer one"));
    }
  }

  return {
    get,

    async queue({ caller, requestId }, request) {
      const { orgId } = caller;
      mayAsk(caller, request.type);
      const payload = parsePayload(request);
      const digest = digestOf(request);
      const deviceIds = [...new Set(request.deviceIds)];
      limitAsking(orgId, deviceIds.length);
      const targets = await findTargets(orgId, deviceIds);
      const { accepted, refused } = sortTargets(deviceIds, targets);
      const now = clock.now();
      const batchId = makeId();
      const validForS = request.validForS ?? ACTIONS[request.type].validForS;
      const askedBy: AskedBy = { type: caller.kind, name: caller.name, id: actorOf(caller).id };
      const rows = accepted.map(
        (device): ActionRow => ({
          ...emptyRow(now),
          id: makeId(),
          org_id: orgId,
          batch_id: batchId,
          device_id: device.id,
          type: request.type,
          payload: JSON.stringify(payload),
          asked_by: JSON.stringify(askedBy),
          valid_until: now + validForS * 1000,
        }),
      );
      const answer: ActionsQueued = {
        batchId,
        actions: rows.map(({ id, device_id }) => ({ id, deviceId: device_id })),
        refused,
      };
      const earlier = await store.transaction(async (tx) => {
        if (rows.length === 0 && request.idempotencyKey === undefined) throw nothingToDo(refused);
        const batch = {
          id: batchId,
          org_id: orgId,
          idempotency_key: request.idempotencyKey ?? null,
          request_digest: digest,
          answer: JSON.stringify(answer),
          asked_at: now,
        };
        const same = await actions.insertBatchOnce(tx, batch);
        if (same) return same;
        if (rows.length === 0) throw nothingToDo(refused);
        await replaceWaiting(
          tx,
          orgId,
          request.type,
          accepted.map(({ id }) => id),
        );
        await actions.insert(tx, rows);
        await audit.record(tx, {
          orgId,
          actor: actorOf(caller),
          action: "action.queued",
          subject: { type: "action-batch", id: batchId, name: request.type },
          details: {
            type: request.type,
            devices: accepted.length,
            deviceIds: accepted.slice(0, 50).map(({ id }) => id),
          },
          requestId,
        });
        return undefined;
      });
      if (earlier) return repeated(earlier, digest);
      announce.queued(
        orgId,
        accepted.map(({ id }) => id),
        rows.map(({ id }) => id),
      );
      return answer;
    },

    async list(orgId, query) {
      const page = readIdPage(query);
      const rows = await actions.list(store.read, orgId, query, page);
      const targets = await findTargets(orgId, [...new Set(rows.map((row) => row.device_id))]);
      return toIdPage(rows, page.limit, (row) => viewOf(row, targets.get(row.device_id)));
    },

    async cancel({ caller, requestId }, id) {
      const { orgId } = caller;
      const row = await store.transaction(async (tx) => {
        const held = await actions.lock(tx, orgId, id);
        if (!held) throw notFound();
        mayAsk(caller, held.type);
        const change = cancelAsked(held, clock.now());
        if ("refused" in change) {
          throw new MusterError("conflict", `the action cannot be cancelled: ${change.refused}`);
        }
        if ("unchanged" in change) return held;
        await actions.update(tx, orgId, change.to);
        await audit.record(tx, {
          orgId,
          actor: actorOf(caller),
          action: "action.cancelled",
          subject: { type: "action", id, name: held.type },
          details: { deviceId: held.device_id, state: change.to.state },
          requestId,
        });
        return change.to;
      });
      announce.queued(orgId, [row.device_id], [id]);
      return get(orgId, id);
    },
  };
}

/** The route's least right is asked before; here is what the type itself asks for. */
function mayAsk(caller: MemberCaller | CompatCaller, type: ActionType): void {
  if (caller.kind === "compat-key") {
    if (caller.rights.includes("operator")) return;
    throw new MusterError("forbidden", `${type} needs an operator's key`);
  }
  const { scope, role } = ACTIONS[type];
  if (Role.options.indexOf(caller.role) < Role.options.indexOf(role)) {
    throw new MusterError("forbidden", `${type} needs the role ${role}`);
  }
  if (caller.kind === "api-key" && !caller.scopes.includes(scope)) {
    throw new MusterError("forbidden", `${type} needs a key with the scope ${scope}`);
  }
}

function parsePayload({ type, payload }: NewActions): Record<string, unknown> {
  const parsed = ACTIONS[type].payload.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new MusterError("bad-request", `the payload does not fit ${type}`, {
    details: parsed.error.issues.map(({ path, message }) => ({
      path: ["payload", ...path].join("."),
      message,
    })),
  });
}

function sortTargets(ids: readonly string[], targets: ReadonlyMap<string, DeviceTarget>) {
  const accepted: DeviceTarget[] = [];
  const refused: ActionsQueued["refused"] = [];
  for (const deviceId of ids) {
    const target = targets.get(deviceId);
    if (!target) refused.push({ deviceId, reason: "not-found" });
    else if (target.isArchived) refused.push({ deviceId, reason: "archived" });
    else if (target.isCloneSuspected) refused.push({ deviceId, reason: "held" });
    else if (!target.isApproved) refused.push({ deviceId, reason: "approval-pending" });
    else accepted.push(target);
  }
  return { accepted, refused };
}

function nothingToDo(refused: ActionsQueued["refused"]): MusterError {
  const isUnknown = refused.every(({ reason }) => reason === "not-found");
  const details = refused
    .slice(0, 100)
    .map(({ deviceId, reason }) => ({ path: `deviceIds.${deviceId}`, message: reason }));
  return isUnknown
    ? new MusterError("not-found", "none of these devices exists", { details })
    : new MusterError("conflict", "none of these devices may be acted on now", { details });
}

function repeated(batch: ActionBatchRow, digest: string): ActionsQueued {
  if (batch.request_digest === digest) return readAnswer(batch);
  throw new MusterError("conflict", "this idempotency key was used for another request");
}

function digestOf(request: NewActions): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex");
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

function notFound(): MusterError {
  return new MusterError("not-found", "there is no such action");
}
