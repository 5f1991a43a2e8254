import { setImmediate } from "node:timers/promises";
import type {
  ActionBatch,
  ActionBatchPage,
  ActionBatchQuery,
  ActionRequesters,
} from "@muster/shared/contracts/action.ts";
import { MusterError } from "../platform/errors.ts";
import type { Tenant } from "../platform/tenant.ts";
import { readIdPage, toIdPage } from "../platform/http/id-page.ts";
import {
  type BatchCount,
  countByState,
  listBatches,
  listRequesters,
  readActionRows,
  readCancellable,
} from "./action-batch.repository.ts";
import { requirePermission } from "./action-permission.ts";
import { type RequestOrigin, tenantOfCaller } from "./action.service.ts";
import { cancelRequested } from "./action-transitions.ts";
import { viewOf } from "./action-view.ts";
import type { ActionsPlatform } from "./actions-platform.ts";
import { readAskedBy } from "./stored-action.ts";

export type ActionBatchService = {
  list(tenant: Tenant, query: ActionBatchQuery): Promise<ActionBatchPage>;
  get(tenant: Tenant, id: string): Promise<ActionBatch>;
  /** Cancels what waits, and requests it of the devices that have the rest. Throws `conflict` when everything has ended. */
  cancel(origin: RequestOrigin, id: string): Promise<ActionBatch>;
  requesters(tenant: Tenant): Promise<ActionRequesters>;
};

/** Keeps a transaction below a few milliseconds. */
const ACTIONS_PER_TRANSACTION = 100;

export function createActionBatchService(platform: ActionsPlatform): ActionBatchService {
  const { store, findTargets } = platform;

  async function describe(tenant: Tenant, ids: readonly string[]): Promise<ActionBatch[]> {
    const counts = Map.groupBy(await countByState(store.read, tenant, ids), ({ batch_id }) => batch_id);
    const firstIds = [...counts.values()].map((found) => firstIdOf(found));
    const rows = new Map(
      (await readActionRows(store.read, tenant, firstIds)).map((row) => [row.batch_id, row]),
    );
    const targets = await findTargets(tenant, [...new Set([...rows.values()].map((row) => row.device_id))]);
    return ids.flatMap((id) => {
      const found = counts.get(id);
      const row = rows.get(id);
      if (!found || !row) return [];
      const action = viewOf(row, targets.get(row.device_id));
      const { type, payload, askedBy, askedAt, validUntil } = action;
      const total = found.reduce((sum, { count }) => sum + count, 0);
      return [
        {
          id,
          type,
          payload,
          askedBy,
          askedAt,
          validUntil,
          counts: toCounts(found),
          action: total === 1 ? action : null,
        },
      ];
    });
  }

  async function get(tenant: Tenant, id: string): Promise<ActionBatch> {
    const [batch] = await describe(tenant, [id]);
    if (!batch) throw new MusterError("not-found", "There is no such batch of actions.");
    return batch;
  }

  const cancel = createCancelBatch(platform);
  return {
    get,
    async list(tenant, query) {
      const page = readIdPage(query);
      const { items, nextCursor } = toIdPage(
        await listBatches(store.read, tenant, query, page),
        page.limit,
        ({ id }) => id,
      );
      return { items: await describe(tenant, items), nextCursor };
    },
    async cancel(origin, id) {
      const tenant = tenantOfCaller(origin.caller);
      const batch = await get(tenant, id);
      requirePermission(origin.caller, batch.type);
      await cancel(origin, batch);
      return get(tenant, id);
    },
    async requesters(tenant) {
      const items = (await listRequesters(store.read, tenant)).map(({ requester, asked_by }) => {
        const { type, name } = readAskedBy({ asked_by });
        return { id: requester, type, name };
      });
      return { items: items.toSorted((one, other) => one.name.localeCompare(other.name)) };
    },
  };
}

/** One audit entry for the whole batch, with the first of its transactions. */
function createCancelBatch({ store, clock, audit, actorOf, actions, announce }: ActionsPlatform) {
  return async ({ caller, requestId }: RequestOrigin, { id: batchId, type }: ActionBatch): Promise<void> => {
    const { orgId } = caller;
    const tenant = tenantOfCaller(caller);
    let after = "";
    for (let isFirst = true; ; isFirst = false) {
      const ids = await readCancellable(store.read, tenant, batchId, {
        after,
        limit: ACTIONS_PER_TRANSACTION,
      });
      if (ids.length === 0) {
        if (isFirst)
          throw new MusterError("conflict", "All actions of this batch have ended or are being cancelled.");
        return;
      }
      const changed = await store.transaction(async (tx) => {
        const cancelled = [];
        for (const id of ids) {
          const locked = await actions.lock(tx, orgId, id);
          const change = locked && cancelRequested(locked, clock.now());
          if (!change || !("to" in change)) continue;
          await actions.update(tx, orgId, change.to);
          cancelled.push(change.to);
        }
        if (isFirst) {
          await audit.record(tx, {
            orgId,
            actor: actorOf(caller),
            action: "action.batch-cancelled",
            subject: { type: "action-batch", id: batchId, name: type },
            details: { type },
            requestId,
          });
        }
        return cancelled;
      });
      announce.queued(
        orgId,
        changed.map(({ device_id }) => device_id),
        changed.map(({ id }) => id),
      );
      after = ids.at(-1) ?? after;
      await setImmediate();
    }
  };
}

function firstIdOf(counts: readonly BatchCount[]): string {
  return counts.map(({ first_id }) => first_id).reduce((first, id) => (id < first ? id : first));
}

function toCounts(found: readonly BatchCount[]): ActionBatch["counts"] {
  const counts = { pending: 0, delivered: 0, executing: 0, done: 0, error: 0, expired: 0, cancelled: 0 };
  for (const { state, count } of found) counts[state] = count;
  return counts;
}
