import { sql, type Transaction } from "kysely";
import { createGroupWriter } from "./group-writer.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

/** Like `store.transaction`, for small writes from many callers at once. One that throws is rolled back alone. */
export type GroupedTransactions = <Result>(
  work: (tx: Transaction<Tables>) => Promise<Result>,
) => Promise<Result>;

/** Few enough that no other writer waits longer than about 20 ms for a group. */
const MAX_GROUP_SIZE = 50;
const MAX_QUEUED = 50_000;

/**
 * On SQLite, where the sync of a commit costs more than the writes, everything that arrived during the last commit shares one. On
 * PostgreSQL each has its own transaction: commits run in parallel there, and shared ones would wait for each other's rows.
 */
export function createGroupedTransactions(store: Store): GroupedTransactions {
  if (store.dialect === "postgres") return (work) => store.transaction(work);
  const writer = createGroupWriter<(tx: Transaction<Tables>) => Promise<void>, void>({
    commit: (works) =>
      store.transaction(async (tx) => {
        const outcomes: void[] = [];
        for (const work of works) outcomes.push(await work(tx));
        return outcomes;
      }),
    maxGroup: MAX_GROUP_SIZE,
    maxQueued: MAX_QUEUED,
    shareOf: () => "all",
    maxShare: MAX_QUEUED,
  });

  return async <Result>(work: (tx: Transaction<Tables>) => Promise<Result>) => {
    const outcomes: PromiseSettledResult<Result>[] = [];
    await writer.submit(async (tx) => {
      await sql`savepoint one_of_many`.execute(tx);
      const [outcome] = await Promise.allSettled([work(tx)]);
      if (outcome.status === "rejected") await sql`rollback to one_of_many`.execute(tx);
      await sql`release one_of_many`.execute(tx);
      outcomes.push(outcome);
    });
    const [outcome] = outcomes;
    if (!outcome) throw new Error("The group commit returned no outcome.");
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  };
}
