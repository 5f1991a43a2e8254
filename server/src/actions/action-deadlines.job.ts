import type { Job } from "../platform/jobs/job.ts";
import type { RetentionClock } from "../platform/jobs/retention-clock.ts";
import type { ActionSystemRepository } from "./action.system-repository.ts";
import { deadlinesApplied } from "./action-transitions.ts";
import type { ActionRow } from "./actions.tables.ts";
import type { ActionsPlatform } from "./actions-platform.ts";

const ACTIONS_PER_TRANSACTION = 50;

/**
 * Ends leases, expires actions, and gives up on results that never came. Under an implausible clock a waiting action is not marked as
 * expired, which is final; whether it may start is judged when it is claimed.
 */
export function createActionDeadlinesJob(
  { store, clock, actions, announce }: ActionsPlatform,
  allTenants: ActionSystemRepository,
  retentionClock: Pick<RetentionClock, "expiryTime">,
): Job {
  function applyDeadlines(due: readonly { id: string; org_id: string }[]): Promise<ActionRow[]> {
    return store.transaction(async (tx) => {
      const changed: ActionRow[] = [];
      for (const { id, org_id } of due) {
        const row = await actions.lock(tx, org_id, id);
        const outcome = row && deadlinesApplied(row, clock.now());
        if (!outcome || !("to" in outcome)) continue;
        await actions.update(tx, org_id, outcome.to);
        changed.push(outcome.to);
      }
      return changed;
    });
  }

  return {
    name: "action-deadlines",
    everyMs: 1000,
    async run(signal) {
      while (!signal.aborted) {
        const times = { now: clock.now(), expiryTime: retentionClock.expiryTime() };
        const due = await allTenants.due(store.read, times, ACTIONS_PER_TRANSACTION);
        if (due.length === 0) return;
        for (const { id, org_id, device_id, state } of await applyDeadlines(due)) {
          if (state === "pending") announce.queued(org_id, [device_id], [id]);
          else announce.changed(org_id, [id]);
        }
      }
    },
  };
}
