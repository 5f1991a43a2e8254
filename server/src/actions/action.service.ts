import { ACTIONS, type ActionType } from "@muster/shared/actions/catalog.ts";
import type {
  Action,
  ActionListQuery,
  ActionPage,
  QueuedActions,
  NewActions,
} from "@muster/shared/contracts/action.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import { MusterError } from "../platform/errors.ts";
import type { CompatCaller, MemberCaller } from "../platform/http/caller.ts";
import { createTokenBuckets } from "../platform/http/token-buckets.ts";
import { readIdPage, toIdPage } from "../platform/http/id-page.ts";
import { cancelRequested, closed } from "./action-transitions.ts";
import { viewOf } from "./action-view.ts";
import type { ActionsPlatform } from "./actions-platform.ts";
import { requirePermission } from "./action-permission.ts";
import { repeatAnswer, noTargetError, planBatch } from "./plan-batch.ts";

/** Who asks, and under which request. */
export type RequestOrigin = { caller: MemberCaller | CompatCaller; requestId: string | null };

export type ActionService = {
  /**
   * Queues one action per device; what may not be acted on is refused by itself. Throws when nothing could be queued, and
   * `rate-limited` when the organization asks for too much.
   */
  queue(through: RequestOrigin, request: NewActions): Promise<QueuedActions>;
  get(orgId: string, id: string): Promise<Action>;
  list(orgId: string, query: ActionListQuery): Promise<ActionPage>;
  /** Cancels at once what waits; asks the device about what it has. Throws `conflict` for what has ended. */
  cancel(through: RequestOrigin, id: string): Promise<Action>;
};

/** Devices that one organization may name in what it asks for: its whole fleet at once, and on average far more than people ask. */
const DEVICE_LIMIT = { perSecond: 100, burst: 20_000 };

/** Ids that the audit log names of one batch; the batch has them all. */
const MAX_AUDITED_DEVICES = 50;

export function createActionService(platform: ActionsPlatform): ActionService {
  const { store, clock, makeId, audit, actorOf, actions, findTargets, announce } = platform;

  const limits = createTokenBuckets(DEVICE_LIMIT, clock);

  function limitRequests(orgId: string, devices: number): void {
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

  async function replacePending(
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
      const { type } = request;
      requirePermission(caller, type);
      limitRequests(orgId, request.deviceIds.length);
      const actor = actorOf(caller);
      const plan = planBatch(request, {
        orgId,
        askedBy: { type: caller.kind, name: caller.name, id: actor.id },
        targets: await findTargets(orgId, [...new Set(request.deviceIds)]),
        now: clock.now(),
        makeId,
      });
      const { batch, rows, answer, deviceIds } = plan;
      if (rows.length === 0 && batch.idempotency_key === null) throw noTargetError(answer.refused);
      const earlier = await store.transaction(async (tx) => {
        const same = await actions.insertBatchOnce(tx, batch);
        if (same) return same;
        if (rows.length === 0) throw noTargetError(answer.refused);
        await replacePending(tx, orgId, type, deviceIds);
        await actions.insert(tx, rows);
        await audit.record(tx, {
          orgId,
          actor,
          action: "action.queued",
          subject: { type: "action-batch", id: batch.id, name: type },
          details: { type, devices: rows.length, deviceIds: deviceIds.slice(0, MAX_AUDITED_DEVICES) },
          requestId,
        });
        return undefined;
      });
      if (earlier) return repeatAnswer(earlier, batch);
      announce.queued(
        orgId,
        deviceIds,
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
        requirePermission(caller, held.type);
        const change = cancelRequested(held, clock.now());
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

function notFound(): MusterError {
  return new MusterError("not-found", "there is no such action");
}
