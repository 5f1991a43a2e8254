import type { Clock } from "../../platform/clock.ts";
import { createBoundedCache } from "./bounded-cache.ts";
import type { AuthEpochTracker } from "./auth-epoch-tracker.ts";

const MAX_KNOWN_SECRETS = 5000;
const MAX_REJECTED_SECRETS = 1000;
/** Names and the like change without a new epoch, so nothing is kept for longer. */
const MAX_AGE_MS = 30_000;

/** Remembers what a secret's hash stands for, null for nothing, until a right was taken away anywhere. */
export type AuthenticationCache<Decision> = { find(secretHash: string): Promise<Decision | null> };

export function createAuthenticationCache<Decision extends object>(deps: {
  watch: AuthEpochTracker;
  clock: Clock;
  load: (secretHash: string) => Promise<Decision | null>;
}): AuthenticationCache<Decision> {
  const { watch, clock, load } = deps;
  type Kept = { decision: Decision | null; epoch: number; at: number };
  const known = createBoundedCache<Kept>(MAX_KNOWN_SECRETS);
  // Apart, so that a flood of wrong secrets does not push out the right ones.
  const refused = createBoundedCache<Kept>(MAX_REJECTED_SECRETS);

  return {
    async find(secretHash) {
      // Known before the row is read: a revocation in between leaves the entry with a past epoch.
      const epoch = await watch.current();
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
