import { type MemberContact, readMemberContacts } from "../../identity/index.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import type { IsReachable, PlanNote } from "../notifications/index.ts";
import { deleteWatch } from "./watch.repository.ts";
import { readAllWatches } from "./watch.system-repository.ts";
import type { FindWatched, WatchedTarget } from "./watch-targets.ts";
import type { WatchRow } from "./watches.tables.ts";

const PER_READ = 500;

/** Tells users of what they have waited for, and forgets that they did. A watch of somebody who cannot be told waits. */
export function createWatchesJob(deps: {
  store: Store;
  findWatched: FindWatched;
  planNote: PlanNote;
  isReachable: IsReachable;
}): Job {
  const { store, findWatched, planNote, isReachable } = deps;

  /** The watch is gone with the transaction that plans to tell of it, so that it is told once. */
  async function end(
    row: WatchRow,
    target: WatchedTarget | undefined,
    contact: MemberContact | undefined,
  ): Promise<void> {
    const { org_id: orgId, user_id: userId, kind, target_id: targetId, until, id } = row;
    const name = (await target?.nameIn(contact?.language ?? "en")) ?? "";
    await store.transaction(async (tx) => {
      if (!(await deleteWatch(tx, { orgId, userId, id })) || !target || !contact) return;
      const { customerId } = target;
      await planNote(
        tx,
        { orgId, userId },
        { kind: "watch", about: kind, until, name, targetId, customerId },
      );
    });
  }

  async function look(orgId: string, rows: readonly WatchRow[], signal: AbortSignal): Promise<void> {
    let contacts: readonly MemberContact[] | null = null;
    for (const [kind, ofKind] of Map.groupBy(rows, (row) => row.kind)) {
      const ids = [...new Set(ofKind.map(({ target_id: id }) => id))];
      const found = await findWatched(wholeOrganization(orgId), kind, ids);
      for (const row of ofKind) {
        if (signal.aborted) return;
        const target = found.get(row.target_id);
        if (target && target.state !== row.until) continue;
        contacts ??= await readMemberContacts(store.read, orgId);
        const contact = contacts.find(({ userId }) => userId === row.user_id);
        if (target && contact && !(await isReachable({ orgId, userId: contact.userId }))) continue;
        await end(row, target, contact);
      }
    }
  }

  return {
    name: "watches",
    everyMs: 5_000,
    async run(signal) {
      for (let after = ""; ; ) {
        const rows = await readAllWatches(store.read, { after, limit: PER_READ });
        for (const [orgId, ofOrg] of Map.groupBy(rows, (row) => row.org_id)) await look(orgId, ofOrg, signal);
        after = rows.at(-1)?.id ?? "";
        if (rows.length < PER_READ || signal.aborted) return;
      }
    },
  };
}
