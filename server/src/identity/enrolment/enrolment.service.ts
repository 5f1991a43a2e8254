import type { Kysely, Transaction } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { hashSecret, isSameHash, isSecretOf } from "../secrets/secret.ts";
import type { EnrolmentTokenRow } from "./enrolment-token.repository.ts";
import { findEnrolmentTokenBySecret, takeEnrolmentUse } from "./enrolment-token.system-repository.ts";
import { readTags, stateOf } from "./enrolment-token-state.ts";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { CustomerDirectory } from "../customers/customer-directory.ts";

/** What a token grants to the device that uses it. */
export type EnrolmentGrant = {
  orgId: string;
  tokenId: string;
  tokenName: string;
  customer: CustomerRef | null;
  tags: string[];
  needsApproval: boolean;
};

export type Enrolment = {
  /**
   * Takes one use of a token in the transaction that creates the device, so that both happen or neither. Throws `enrolment-refused`
   * with the reason, because the caller holds the token. Its detail `token` is for programs: `unknown`, `expired`, `used-up` or
   * `revoked`.
   */
  consume(tx: Transaction<Tables>, tokenSecret: string): Promise<EnrolmentGrant>;
  /** Returns what `consume` would grant now, with the same errors. Takes no use. */
  check(tokenSecret: string): Promise<Omit<EnrolmentGrant, "customer">>;
  /** What a token granted to the devices that used it, even if it is used up or expired now. Null for an unknown or revoked one. */
  findUsed(tx: Transaction<Tables>, tokenSecret: string): Promise<EnrolmentGrant | null>;
};

const REJECTION_REASONS = {
  valid: "was just used by another device",
  expired: "has expired",
  "used-up": "was used already",
  revoked: "was revoked",
};

export function createEnrolment(deps: {
  store: Store;
  clock: Clock;
  customers: CustomerDirectory;
}): Enrolment {
  const { store, clock, customers } = deps;

  async function grantIn(tx: Transaction<Tables>, token: EnrolmentTokenRow): Promise<EnrolmentGrant> {
    const { org_id, customer_id } = token;
    const customer = customer_id === null ? null : await customers.require(tx, org_id, customer_id);
    return { ...grantOf(token), customer };
  }

  return {
    async consume(tx, tokenSecret) {
      const token = await findToken(tx, tokenSecret);
      const now = clock.now();
      if (!(await takeEnrolmentUse(tx, token.id, now))) throw enrolmentError(token, now);
      return grantIn(tx, token);
    },
    async check(tokenSecret) {
      const token = await findToken(store.read, tokenSecret);
      const now = clock.now();
      if (stateOf(token, now) !== "valid") throw enrolmentError(token, now);
      return grantOf(token);
    },
    async findUsed(tx, tokenSecret) {
      const token = await findTokenIfKnown(tx, tokenSecret);
      return token && token.revoked_at === null ? grantIn(tx, token) : null;
    },
  };
}

async function findTokenIfKnown(db: Kysely<Tables>, tokenSecret: string): Promise<EnrolmentTokenRow | null> {
  const hash = hashSecret(tokenSecret);
  const token = isSecretOf("enrolmentToken", tokenSecret)
    ? await findEnrolmentTokenBySecret(db, hash)
    : undefined;
  return token && isSameHash(token.secret_hash, hash) ? token : null;
}

async function findToken(db: Kysely<Tables>, tokenSecret: string): Promise<EnrolmentTokenRow> {
  const token = await findTokenIfKnown(db, tokenSecret);
  if (token) return token;
  throw new MusterError(
    "enrolment-refused",
    "This enrolment token is unknown to this server. Create a new one.",
    {
      details: [{ path: "token", message: "unknown" }],
    },
  );
}

function enrolmentError(token: EnrolmentTokenRow, now: number): MusterError {
  const state = stateOf(token, now);
  return new MusterError(
    "enrolment-refused",
    `This enrolment token ${REJECTION_REASONS[state]}. Create a new one.`,
    {
      details: [{ path: "token", message: state === "valid" ? "used-up" : state }],
    },
  );
}

function grantOf(token: EnrolmentTokenRow): Omit<EnrolmentGrant, "customer"> {
  return {
    orgId: token.org_id,
    tokenId: token.id,
    tokenName: token.name,
    tags: readTags(token),
    needsApproval: token.needs_approval === 1,
  };
}
