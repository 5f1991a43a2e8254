import { createHash } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import { rateLimitKeyOf } from "../../platform/http/client-address.ts";
import {
  countFailure,
  findThrottles,
  resetFailures,
  setBlockedUntil,
  type ThrottleRow,
  uncountFailure,
} from "./login-throttle.system-repository.ts";
import { delayAfter, FAILURE_MEMORY_MS, type ThrottleKind } from "./throttle-rules.ts";

/** Whose attempts are counted together. */
export type ThrottleSubject =
  | { kind: "stranger"; email: string; address: string }
  | { kind: "known-browser"; email: string; browserHash: string }
  | { kind: "password-change"; userId: string };

/** Slows down password guessing, across all servers of one database, without letting a stranger lock out a known browser. */
export type LoginThrottle = {
  /**
   * Runs `verify` unless the subject must wait. Each attempt counts as failed before it begins, so that parallel attempts gain nothing.
   * Throws `rate-limited` with the seconds to wait.
   */
  attempt(subject: ThrottleSubject, verify: () => Promise<boolean>): Promise<boolean>;
};

/** `isForgiven`: a right password resets the counter instead of taking one failure back. */
type Counter = { kind: ThrottleKind; bucket: string; isForgiven: boolean };

export function createLoginThrottle({ store, clock }: { store: Store; clock: Clock }): LoginThrottle {
  async function rejectBlocked(counters: readonly Counter[]): Promise<void> {
    const buckets = counters.map(({ bucket }) => bucket);
    for (const row of await findThrottles(store.read, buckets)) assertNotBlocked(row);
  }

  function assertNotBlocked(row: ThrottleRow): void {
    const waitMs = row.blocked_until - clock.now();
    if (waitMs <= 0) return;
    throw new MusterError("rate-limited", "Too many failed attempts. Wait before the next one.", {
      retryAfterS: Math.ceil(waitMs / 1000),
    });
  }

  /** Returns the buckets that this attempt blocked until it succeeds. */
  function countAttempt(counters: readonly Counter[]): Promise<Set<string>> {
    return store.transaction(async (tx) => {
      const at = clock.now();
      const rows: [ThrottleKind, ThrottleRow][] = [];
      // Always in the order of the subject's counters, so that two attempts never deadlock.
      for (const { kind, bucket } of counters) {
        rows.push([kind, await countFailure(tx, bucket, { at, forgetBefore: at - FAILURE_MEMORY_MS })]);
      }
      for (const [, row] of rows) assertNotBlocked(row);
      const accountFailures = rows.find(([kind]) => kind === "account")?.[1].failures ?? 0;
      const blocked = new Set<string>();
      for (const [kind, row] of rows) {
        const delayMs = delayAfter(kind, row.failures, { accountFailures });
        if (delayMs === 0) continue;
        await setBlockedUntil(tx, row.bucket, at + delayMs);
        blocked.add(row.bucket);
      }
      return blocked;
    });
  }

  /** Undoes the counting of an attempt that succeeded or never took place. */
  function uncountAttempt(
    counters: readonly Counter[],
    blocked: ReadonlySet<string>,
    { hasSucceeded }: { hasSucceeded: boolean },
  ): Promise<void> {
    return store.transaction(async (tx) => {
      for (const { bucket, isForgiven } of counters) {
        if (hasSucceeded && isForgiven) await resetFailures(tx, bucket, clock.now());
        else await uncountFailure(tx, bucket, { hasBlocked: blocked.has(bucket) });
      }
    });
  }

  return {
    async attempt(subject, verify) {
      const counters = countersOf(subject);
      await rejectBlocked(counters);
      const blocked = await countAttempt(counters);
      let isRight: boolean;
      try {
        isRight = await verify();
      } catch (error) {
        await uncountAttempt(counters, blocked, { hasSucceeded: false });
        throw error;
      }
      if (isRight) await uncountAttempt(counters, blocked, { hasSucceeded: true });
      return isRight;
    },
  };
}

function countersOf(subject: ThrottleSubject): Counter[] {
  switch (subject.kind) {
    case "stranger": {
      const account = digest(subject.email);
      const network = rateLimitKeyOf(subject.address);
      return [
        { kind: "account", bucket: `account:${account}`, isForgiven: false },
        { kind: "address", bucket: `address:${network}`, isForgiven: false },
        { kind: "pair", bucket: `pair:${digest(`${account} ${network}`)}`, isForgiven: true },
      ];
    }
    case "known-browser": {
      const bucket = `browser:${digest(`${digest(subject.email)} ${subject.browserHash}`)}`;
      return [{ kind: "browser", bucket, isForgiven: true }];
    }
    case "password-change":
      return [{ kind: "change", bucket: `change:${subject.userId}`, isForgiven: true }];
  }
}

/** Hashed, so that the counters in the database do not reveal which accounts were tried. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
