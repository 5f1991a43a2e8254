import type { Clock } from "../../platform/clock.ts";
import { createBoundedCache } from "./bounded-cache.ts";
import type { AuthEpochTracker } from "./auth-epoch-tracker.ts";

const MAX_KNOWN_SECRETS = 5000;
const MAX_REJECTED_SECRETS = 1000;
/** Names change without a new epoch, so entries expire. */
const MAX_AGE_MS = 30_000;

/** Caches what a secret's hash belongs to, or null, until any right is revoked. */
export type AuthenticationCache<Entry> = { find(secretHash: string): Promise<Entry | null> };

export function createAuthenticationCache<Entry extends object>(deps: {
  authEpoch: AuthEpochTracker;
  clock: Clock;
  load: (secretHash: string) => Promise<Entry | null>;
}): AuthenticationCache<Entry> {
  const { authEpoch, clock, load } = deps;
  type Cached = { entry: Entry | null; epoch: number; at: number };
  const known = createBoundedCache<Cached>(MAX_KNOWN_SECRETS);
  // Separate, so that many wrong secrets do not evict the right ones.
  const rejected = createBoundedCache<Cached>(MAX_REJECTED_SECRETS);

  return {
    async find(secretHash) {
      // The epoch is read before the row: a revocation in between makes the entry stale.
      const epoch = await authEpoch.current();
      const at = clock.monotonic();
      const cached = known.get(secretHash) ?? rejected.get(secretHash);
      if (cached && cached.epoch === epoch && at - cached.at < MAX_AGE_MS) return cached.entry;
      const entry = await load(secretHash);
      known.delete(secretHash);
      (entry === null ? rejected : known).set(secretHash, { entry, epoch, at });
      return entry;
    },
  };
}
