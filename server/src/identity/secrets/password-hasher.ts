import { hash, verify } from "@node-rs/argon2";
import { createFairQueue } from "./fair-queue.ts";

/** OWASP's second recommendation for argon2id (the library's default algorithm): 19 MiB, 2 passes, 1 thread. */
const ARGON2_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** The hash of a random password that was thrown away, with the same cost. */
const DECOY_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$Dd1eSFQaTGp4CctongubWg$sgE082fBRctE0KCOgiWOv1ZkNgBJ8cVKH8cY7REm2MY";

/**
 * Who waits for a hash. Each share hashes one password at a time, whatever the others do:
 * - known-browser: sign-ins from browsers that signed in to the account before
 * - sign-in: all other sign-ins
 * - change: new passwords, of users who are signed in and of set-up
 */
export type HashingShare = "known-browser" | "sign-in" | "change";

/** `key` is who asks: a user or an address. The keys of one share take turns. */
export type HashingTurn = { share: HashingShare; key: string };

export type PasswordHasher = {
  hash(password: string, turn: HashingTurn): Promise<string>;
  /** False for a wrong password and, after the same work, when `passwordHash` is null because there is no such user. */
  verify(passwordHash: string | null, password: string, turn: HashingTurn): Promise<boolean>;
};

/**
 * Hashes three passwords at a time at most, one of each share, so that hashing uses neither all memory nor all threads. Throws
 * `unavailable` when too many wait in a share, or for one key.
 */
export function createPasswordHasher({
  maxQueued = 32,
  maxQueuedPerKey = 8,
  cost = ARGON2_COST,
} = {}): PasswordHasher {
  const limits = { maxQueued, maxQueuedPerKey };
  const shares = {
    "known-browser": createFairQueue(limits),
    "sign-in": createFairQueue(limits),
    change: createFairQueue(limits),
  };
  return {
    hash: (password, { share, key }) => shares[share].run(key, () => hash(password, cost)),
    async verify(passwordHash, password, { share, key }) {
      const compared = passwordHash ?? DECOY_HASH;
      const isRight = await shares[share].run(key, () => verify(compared, password));
      return isRight && passwordHash !== null;
    },
  };
}
