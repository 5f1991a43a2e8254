import type { Clock } from "../../platform/clock.ts";
import { createBoundedCache } from "./bounded-cache.ts";
import type { EpochWatch } from "./epoch-watch.ts";

const KEPT = 5000;
const KEPT_REFUSALS = 1000;
/** Names and the like change without a new epoch, so nothing is kept for longer. */
const MAX_AGE_MS = 30_000;

/** Remembers what a secret's hash stands for, null for nothing, until a right was taken away anywhere. */
export type DecisionCache<Decision> = { find(secretHash: string): Promise<Decision | null> };

export function createDecisionCache<Decision extends object>(deps: {
  watch: EpochWatch;
  clock: Clock;
  load: (secretHash: string) => Promise<Decision | null>;
}): DecisionCache<Decision> {
  const { watch, clock, load } = deps;
  type Kept = { decision: Decision | null; epoch: number; at: number };
  const known = createBoundedCache<Kept>(KEPT);
  // Apart, so that a flood of wrong secrets does not push out the right ones.
  const refused = createBoundedCache<Kept>(KEPT_REFUSALS);

  return {
    async find(secretHash) {
      // Known before the row is read: a revocation in between leaves the entry with a past epoch.
      const epoch = await watch.fresh();
      const at = clock.monotonic();
      const kept = known.get(secretHash) ?? refused.get(secretHash);
      if (kept && kept.epoch === epoch && at - kept.at < MAX_AGE_MS) return kept.decision;
      const decision = await load(secretHash);
      known.delete(secretHash);
      (decision === null ? refused : known).set(secretHash, { decision, epoch, at });
      return decision;
    },
  };
}
