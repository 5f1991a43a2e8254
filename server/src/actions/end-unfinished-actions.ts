import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/database/store.ts";
import { createActionRepository } from "./action.repository.ts";
import { createActionSystemRepository } from "./action.system-repository.ts";
import { closed } from "./action-transitions.ts";

const ACTIONS_PER_TRANSACTION = 50;
const MESSAGE = "The server was restored from a backup while this action was unfinished.";

/**
 * Ends every unfinished action of every organization with the error "restored": actions that wait in a restored backup may have been
 * done or cancelled since. Returns their number.
 */
export async function endUnfinishedActions({
  store,
  clock,
}: {
  store: Store;
  clock: Clock;
}): Promise<number> {
  const actions = createActionRepository(store.dialect);
  const allTenants = createActionSystemRepository();
  let count = 0;
  for (;;) {
    const unfinished = await allTenants.unfinished(store.read, ACTIONS_PER_TRANSACTION);
    if (unfinished.length === 0) return count;
    await store.transaction(async (tx) => {
      for (const { id, org_id } of unfinished) {
        const row = await actions.lock(tx, org_id, id);
        if (!row) continue;
        const ended = closed(row, "error", clock.now(), MESSAGE);
        await actions.update(tx, org_id, { ...ended, error_code: "restored", error_message: MESSAGE });
      }
    });
    count += unfinished.length;
  }
}
