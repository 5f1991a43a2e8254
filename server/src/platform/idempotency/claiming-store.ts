import { AsyncLocalStorage } from "node:async_hooks";
import type { Transaction } from "kysely";
import type { Store } from "../database/store.ts";
import type { Tables } from "../database/tables.ts";

/** What a request does once, in the first transaction that it commits. */
export type Claim = { isMade: boolean; make(tx: Transaction<Tables>): Promise<void> };

const claims = new AsyncLocalStorage<Claim>();

/** Runs `task`, whose first transaction on a claiming store makes the claim. */
export function withClaim<Result>(claim: Claim, task: () => Promise<Result>): Promise<Result> {
  return claims.run(claim, task);
}

/** A store whose transactions make the claim of the current request: what it changes and that it was done are stored together. */
export function createClaimingStore(store: Store): Store {
  return {
    ...store,
    async transaction(work) {
      const claim = claims.getStore();
      if (!claim || claim.isMade) return store.transaction(work);
      const result = await store.transaction(async (tx) => {
        await claim.make(tx);
        return work(tx);
      });
      claim.isMade = true;
      return result;
    },
  };
}
