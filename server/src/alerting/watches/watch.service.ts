import { MAX_WATCHES, type NewWatch, type Watch, type Watches } from "@muster/shared/contracts/watch.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import { toInstant } from "../../platform/instant.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { deleteWatch, insertWatch, readWatches } from "./watch.repository.ts";
import type { IsReachable } from "../notifications/index.ts";
import type { FindWatched, WatchedTarget } from "./watch-targets.ts";
import type { WatchRow } from "./watches.tables.ts";

/** What a user watches once. */
export type WatchService = {
  list(tenant: Tenant, userId: string): Promise<Watches>;
  /** Answers the watch that there is already. Throws `not-found`, and `conflict` for what has ended. */
  create(tenant: Tenant, userId: string, input: NewWatch): Promise<Watch>;
  /** Throws `not-found`. */
  remove(tenant: Tenant, userId: string, id: string): Promise<void>;
};

export function createWatchService(deps: {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  findWatched: FindWatched;
  isReachable: IsReachable;
}): WatchService {
  const { store, clock, makeId, findWatched, isReachable } = deps;
  return {
    async list({ orgId }, userId) {
      const rows = await readWatches(store.read, orgId, userId);
      return { items: rows.map(toWatch), isReachable: await isReachable({ orgId, userId }) };
    },
    async create(tenant, userId, { kind, targetId }) {
      const target = (await findWatched(tenant, kind, [targetId])).get(targetId);
      if (!target) throw new MusterError("not-found", `There is no such ${kind}.`);
      const until = awaitedOf(target);
      if (until === null) throw new MusterError("conflict", `The ${kind} has ended already.`);
      const { orgId } = tenant;
      return store.transaction(async (tx) => {
        const row: WatchRow = {
          id: makeId(),
          org_id: orgId,
          user_id: userId,
          kind,
          target_id: targetId,
          until,
          created_at: clock.now(),
        };
        await insertWatch(tx, row);
        const all = await readWatches(tx, orgId, userId);
        if (all.length > MAX_WATCHES)
          throw new MusterError(
            "conflict",
            `You watch ${MAX_WATCHES} things already. End one of these watches first.`,
          );
        return toWatch(all.find((one) => one.kind === kind && one.target_id === targetId) ?? row);
      });
    },
    async remove({ orgId }, userId, id) {
      const isDeleted = await store.transaction((tx) => deleteWatch(tx, { orgId, userId, id }));
      if (!isDeleted) throw new MusterError("not-found", "There is no such watch.");
    },
  };
}

/** What to wait for, from the state that something has now; null for what has ended. */
function awaitedOf({ state }: WatchedTarget): Watch["until"] | null {
  switch (state) {
    case "online":
      return "offline";
    case "offline":
      return "online";
    case "open":
      return "ended";
    case "ended":
      return null;
  }
}

function toWatch({ id, kind, target_id, until, created_at }: WatchRow): Watch {
  return { id, kind, targetId: target_id, until, createdAt: toInstant(created_at) };
}
