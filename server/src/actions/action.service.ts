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
import type { LegacyKeyCaller, MemberCaller } from "../platform/http/caller.ts";
import { createTokenBuckets } from "../platform/http/token-buckets.ts";
import { readIdPage, toIdPage } from "../platform/http/id-page.ts";
import { cancelRequested, closed } from "./action-transitions.ts";
import { viewOf } from "./action-view.ts";
import type { ActionsPlatform } from "./actions-platform.ts";
import { requirePermission } from "./action-permission.ts";
import { type BatchPlan, digestOf, noTargetError, planBatch, repeatAnswer } from "./plan-batch.ts";
import { type Tenant, tenantOf, wholeOrganization } from "../platform/tenant.ts";
import type { DeviceTarget } from "../fleet/index.ts";

/** Who requests an action, and in which HTTP request. */
export type RequestOrigin = { caller: MemberCaller | LegacyKeyCaller; requestId: string | null };

export type ActionService = {
  /**
   * Queues one action per device; a device that cannot be acted on is refused on its own. Throws when nothing could be queued,
   * `conflict` when a filter matches another number of devices than expected, and `rate-limited` when the organization requests too much.
   */
  queue(origin: RequestOrigin, request: NewActions, signal: AbortSignal): Promise<QueuedActions>;
  get(tenant: Tenant, id: string): Promise<Action>;
  list(tenant: Tenant, query: ActionListQuery): Promise<ActionPage>;
  /** Cancels a waiting action immediately, and requests it of the device that has it. Throws `conflict` for an ended action. */
  cancel(origin: RequestOrigin, id: string): Promise<Action>;
};

/** Devices per organization over all requests: its whole fleet in one request, and on average far more than people need. */
const DEVICE_LIMIT = { perSecond: 100, burst: 20_000 };

/** Devices of one batch that the audit log names; the batch has them all. */
const MAX_AUDITED_DEVICES = 50;

export function createActionService(platform: ActionsPlatform): ActionService {
  const { store, actions, findTargets } = platform;

  async function get(tenant: Tenant, id: string): Promise<Action> {
    const row = await actions.find(store.read, tenant, id);
    if (!row) throw notFound();
    return viewOf(row, (await findTargets(tenant, [row.device_id])).get(row.device_id));
  }

  const cancel = createCancel(platform);
  return {
    get,
    queue: createQueue(platform),
    async list(tenant, query) {
      const page = readIdPage(query);
      const rows = await actions.list(store.read, tenant, query, page);
      const targets = await findTargets(tenant, [...new Set(rows.map((row) => row.device_id))]);
      return toIdPage(rows, page.limit, (row) => viewOf(row, targets.get(row.device_id)));
    },
    async cancel(origin, id) {
      await cancel(origin, id);
      return get(tenantOfCaller(origin.caller), id);
    },
  };
}

function createQueue(platform: ActionsPlatform): ActionService["queue"] {
  const { store, clock, makeId, audit, actorOf, actions, findTargets, resolveDevices, announce } = platform;
  const limits = createTokenBuckets(DEVICE_LIMIT, clock);

  function limitRequests(orgId: string, devices: number): void {
    const waitS = limits.take(orgId, devices);
    if (waitS === 0) return;
    throw new MusterError("rate-limited", "Too many actions were requested. Wait before you request more.", {
      retryAfterS: waitS,
    });
  }

  async function replacePending(tx: Transaction<Tables>, { batch, rows }: BatchPlan, type: ActionType) {
    if (!ACTIONS[type].isCoalesced) return;
    const deviceIds = rows.map(({ device_id }) => device_id);
    for (const row of await actions.lockPendingOfType(tx, batch.org_id, deviceIds, type)) {
      const replaced = closed(row, "cancelled", clock.now(), "replaced by a newer one");
      await actions.update(tx, batch.org_id, replaced);
    }
  }

  /** The answer to the same request before: a filter that matches other devices by now is not read again. */
  async function findEarlier(tenant: Tenant, request: NewActions): Promise<QueuedActions | null> {
    const { filter, idempotencyKey } = request;
    if (filter === undefined || idempotencyKey === undefined) return null;
    const earlier = await actions.findBatchByKey(store.read, tenant.orgId, idempotencyKey);
    return earlier ? repeatAnswer(earlier, digestOf(request, tenant)) : null;
  }

  return async ({ caller, requestId }, request, signal) => {
    const { orgId } = caller;
    const { type } = request;
    requirePermission(caller, type);
    const actor = actorOf(caller);
    const tenant = tenantOfCaller(caller);
    const repeated = await findEarlier(tenant, request);
    if (repeated) return repeated;
    const requested = await resolveDevices(tenant, request, signal);
    limitRequests(orgId, requested.length);
    const targets = await findTargets(tenant, requested);
    const plan = planBatch(request, {
      tenant,
      requested,
      askedBy: { type: caller.kind, name: caller.name, id: actor.id },
      targets,
      now: clock.now(),
      makeId,
    });
    const { batch, rows, answer, deviceIds } = plan;
    const named = deviceIds.slice(0, MAX_AUDITED_DEVICES);
    if (rows.length === 0 && batch.idempotency_key === null) throw noTargetError(answer.refused);
    const earlier = await store.transaction(async (tx) => {
      const same = await actions.insertBatchOnce(tx, batch);
      if (same) return same;
      if (rows.length === 0) throw noTargetError(answer.refused);
      await replacePending(tx, plan, type);
      await actions.insert(tx, rows);
      await audit.record(tx, {
        orgId,
        actor,
        action: "action.queued",
        subject: { type: "action-batch", id: batch.id, name: type },
        details: {
          type,
          devices: rows.length,
          deviceIds: named,
          deviceNames: named.map((id) => targets.get(id)?.name ?? id),
        },
        customerId: customerOf(deviceIds, targets),
        requestId,
      });
      return undefined;
    });
    if (earlier) return repeatAnswer(earlier, batch.request_digest);
    announce.queued(
      orgId,
      deviceIds,
      rows.map(({ id }) => id),
    );
    return answer;
  };
}

function createCancel(platform: ActionsPlatform) {
  const { store, clock, audit, actorOf, actions, announce, findTargets } = platform;
  return async ({ caller, requestId }: RequestOrigin, id: string): Promise<void> => {
    const { orgId } = caller;
    const tenant = tenantOfCaller(caller);
    const known = await actions.find(store.read, tenant, id);
    if (!known) throw notFound();
    const target = (await findTargets(tenant, [known.device_id])).get(known.device_id);
    const row = await store.transaction(async (tx) => {
      const locked = await actions.lock(tx, orgId, id);
      if (!locked) throw notFound();
      requirePermission(caller, locked.type);
      const change = cancelRequested(locked, clock.now());
      if ("refused" in change) {
        throw new MusterError("conflict", `The action cannot be cancelled: ${change.refused}.`);
      }
      if ("unchanged" in change) return locked;
      await actions.update(tx, orgId, change.to);
      await audit.record(tx, {
        orgId,
        actor: actorOf(caller),
        action: "action.cancelled",
        subject: { type: "action", id, name: locked.type },
        details: {
          deviceIds: [locked.device_id],
          deviceNames: [target?.name ?? locked.device_id],
          state: change.to.state,
        },
        customerId: target?.customerId ?? null,
        requestId,
      });
      return change.to;
    });
    announce.queued(orgId, [row.device_id], [id]);
  };
}

/** A key of a legacy system acts for the whole organization. */
export function tenantOfCaller(caller: RequestOrigin["caller"]): Tenant {
  return caller.kind === "compat-key" ? wholeOrganization(caller.orgId) : tenantOf(caller);
}

/** The customer of all these devices; null when they have several or none. */
function customerOf(deviceIds: readonly string[], targets: ReadonlyMap<string, DeviceTarget>): string | null {
  const customers = new Set(deviceIds.map((id) => targets.get(id)?.customerId ?? null));
  return customers.size === 1 ? ([...customers][0] ?? null) : null;
}

function notFound(): MusterError {
  return new MusterError("not-found", "There is no such action.");
}
