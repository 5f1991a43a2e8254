import { hash, verify } from "@node-rs/argon2";
import { MusterError } from "../../platform/errors.ts";

/** OWASP's second recommendation for argon2id (the library's default algorithm): 19 MiB, 2 passes, 1 thread. */
const ARGON2_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const RETRY_AFTER_S = 5;

export type PasswordHasher = {
  hash(password: string): Promise<string>;
  /** False for a wrong password and, after the same work, when `passwordHash` is null because there is no such user. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
};

/**
 * Hashes `concurrency` passwords at a time and queues `maxQueued` more, so that many logins use neither all memory nor all threads.
 * Throws `unavailable` above that.
 */
export function createPasswordHasher({ concurrency = 2, maxQueued = 32 } = {}): PasswordHasher {
  const waiting: (() => void)[] = [];
  let running = 0;
  let decoy: Promise<string> | null = null;

  async function runLimited<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running >= concurrency) {
      if (waiting.length >= maxQueued) {
        throw new MusterError("unavailable", "Too many users are signing in at the moment. Try again.", {
          retryAfterS: RETRY_AFTER_S,
        });
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) => runLimited(() => hash(password, ARGON2_COST)),
    async verify(passwordHash, password) {
      decoy ??= hash("a password that nobody has", ARGON2_COST);
      const compared = passwordHash ?? (await decoy);
      const isRight = await runLimited(() => verify(compared, password));
      return isRight && passwordHash !== null;
    },
  };
}
