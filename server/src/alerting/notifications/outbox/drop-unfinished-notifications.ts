import type { Clock } from "../../../platform/clock.ts";
import type { Store } from "../../../platform/database/store.ts";
import { remindOfAll } from "../policies/follow-up.system-repository.ts";
import { dropAllWaiting } from "./outbox.system-repository.ts";

/**
 * After a restore: drops what waits, because it may have been sent since the backup, and tells the present state of every open alarm once.
 * Returns how many messages were dropped.
 */
export function dropUnfinishedNotifications({
  store,
  clock,
}: {
  store: Store;
  clock: Clock;
}): Promise<number> {
  return store.transaction(async (tx) => {
    await remindOfAll(tx, clock.now());
    return dropAllWaiting(tx, clock.now());
  });
}
