import type { ActionSystemRepository } from "./action.system-repository.ts";
import { closed } from "./action-transitions.ts";
import type { ActionsPlatform } from "./actions-platform.ts";

const SLICE = 50;

/**
 * Ends every unfinished action of every organization as "restored": after a backup was put back, what waits in it may
 * have been done or cancelled since. Returns how many there were.
 */
export async function endUnfinishedActions(
  { store, clock, actions }: Pick<ActionsPlatform, "store" | "clock" | "actions">,
  allTenants: ActionSystemRepository,
): Promise<number> {
  let count = 0;
  for (;;) {
    const unfinished = await allTenants.unfinished(store.read, SLICE);
    if (unfinished.length === 0) return count;
    await store.transaction(async (tx) => {
      for (const { id, org_id } of unfinished) {
        const row = await actions.lock(tx, org_id, id);
        if (!row) continue;
        const message = "the server was restored from a backup while this action was unfinished";
        const ended = closed(row, "error", clock.now(), message);
        await actions.update(tx, org_id, { ...ended, error_code: "restored", error_message: message });
      }
    });
    count += unfinished.length;
  }
}
