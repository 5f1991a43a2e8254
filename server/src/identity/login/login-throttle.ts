import { createHash } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import { rateLimitKeyOf } from "../../platform/http/client-address.ts";
import {
  countFailure,
  findThrottles,
  recordSuccess,
  setBlockedUntil,
  type ThrottleRow,
  uncountFailure,
} from "./login-throttle.system-repository.ts";
import { delayAfter, FAILURE_MEMORY_MS, KNOWN_ADDRESS_MS, type ThrottleKind } from "./throttle-rules.ts";

/** Slows down password guessing, across all servers of one database, without letting a stranger lock out a user. */
export type LoginThrottle = {
  /**
   * Runs `verify` unless the account must wait at this address. Each attempt counts as failed before it begins, so that parallel
   * attempts gain nothing. Throws `rate-limited` with the seconds to wait.
   */
  attempt(email: string, address: string, verify: () => Promise<boolean>): Promise<boolean>;
};

type Buckets = Record<ThrottleKind, string>;

export function createLoginThrottle({ store, clock }: { store: Store; clock: Clock }): LoginThrottle {
  async function rejectBlocked(buckets: Buckets): Promise<void> {
    const rows = await findThrottles(store.read, Object.values(buckets));
    const isKnown = isKnownAddress(rows.find(({ bucket }) => bucket === buckets.pair));
    for (const row of rows) if (!(isKnown && row.bucket === buckets.address)) assertNotBlocked(row);
  }

  function assertNotBlocked(row: ThrottleRow): void {
    const waitMs = row.blocked_until - clock.now();
    if (waitMs <= 0) return;
    throw new MusterError("rate-limited", "Too many failed attempts. Wait before the next one.", {
      retryAfterS: Math.ceil(waitMs / 1000),
    });
  }

  function isKnownAddress(pair: ThrottleRow | undefined): boolean {
    return (pair?.succeeded_at ?? Number.NEGATIVE_INFINITY) > clock.now() - KNOWN_ADDRESS_MS;
  }

  /** Returns the buckets that this attempt blocked until it succeeds. */
  function countAttempt(buckets: Buckets): Promise<Set<string>> {
    return store.transaction(async (tx) => {
      const at = clock.now();
      const times = { at, forgetBefore: at - FAILURE_MEMORY_MS };
      // Always in this order, so that two attempts never deadlock.
      const account = await countFailure(tx, buckets.account, times);
      const address = await countFailure(tx, buckets.address, times);
      const pair = await countFailure(tx, buckets.pair, times);
      const context = { accountFailures: account.failures, isKnownAddress: isKnownAddress(pair) };
      assertNotBlocked(pair);
      if (!context.isKnownAddress) assertNotBlocked(address);
      const counted: [ThrottleKind, ThrottleRow][] = [
        ["address", address],
        ["pair", pair],
      ];
      const blocked = new Set<string>();
      for (const [kind, row] of counted) {
        const delayMs = delayAfter(kind, row.failures, context);
        if (delayMs === 0) continue;
        await setBlockedUntil(tx, row.bucket, at + delayMs);
        blocked.add(row.bucket);
      }
      return blocked;
    });
  }

  /** Undoes the counting; `succeeded` is the pair after a right password. */
  function uncountAttempt(
    buckets: readonly string[],
    blocked: ReadonlySet<string>,
    succeeded?: string,
  ): Promise<void> {
    return store.transaction(async (tx) => {
      for (const bucket of buckets) await uncountFailure(tx, bucket, { hasBlocked: blocked.has(bucket) });
      if (succeeded !== undefined) await recordSuccess(tx, succeeded, clock.now());
    });
  }

  return {
    async attempt(email, address, verify) {
      const buckets = bucketsOf(email, rateLimitKeyOf(address));
      await rejectBlocked(buckets);
      const blocked = await countAttempt(buckets);
      let isRight: boolean;
      try {
        isRight = await verify();
      } catch (error) {
        await uncountAttempt([buckets.account, buckets.address, buckets.pair], blocked);
        throw error;
      }
      if (isRight) await uncountAttempt([buckets.account, buckets.address], blocked, buckets.pair);
      return isRight;
    },
  };
}

function bucketsOf(email: string, network: string): Buckets {
  const account = digest(email);
  return {
    account: `account:${account}`,
    address: `address:${network}`,
    pair: `pair:${digest(`${account} ${network}`)}`,
  };
}

/** Hashed, so that the counters in the database do not reveal which accounts were tried. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
