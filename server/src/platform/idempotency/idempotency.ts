import { createHmac } from "node:crypto";
import type { Transaction } from "kysely";
import type { Clock } from "../clock.ts";
import type { Sealer } from "../crypto/sealer.ts";
import type { Store } from "../database/store.ts";
import type { Tables } from "../database/tables.ts";
import { MusterError } from "../errors.ts";
import type { Caller, MemberCaller } from "../http/caller.ts";
import type { RouteDefinition } from "../http/route.ts";
import type { Job } from "../jobs/job.ts";
import { withClaim } from "./claiming-store.ts";
import {
  findRequest,
  insertRequest,
  keepAnswer,
  removeRequests,
  type RequestId,
} from "./idempotency.repository.ts";

export const IDEMPOTENCY_HEADER = "idempotency-key";
const KEY = /^[\x21-\x7e]{1,255}$/;
const KEPT_MS = 24 * 3_600_000;
const CLEANUP_MS = 3_600_000;

/** The JSON of an answer; null without a body. Its status is that of the route. */
type KeptAnswer = { body: string | null };
type Performed<Result> = { isRepeated: false; result: Result } | { isRepeated: true; answer: KeptAnswer };
type IdempotentRequest = { caller: Caller; key: string; definition: RouteDefinition; input: unknown };

/** Performs a request with an `Idempotency-Key` once, and repeats its answer for 24 hours. */
export type Idempotency = {
  /**
   * Performs a request, or returns the answer of the earlier one with the same key. `answerOf` is null for what cannot be repeated. Throws
   * `bad-request` for a malformed key; `conflict` when the key was used for another request, or when the earlier one is not finished or its
   * answer was lost.
   */
  perform<Result>(
    request: IdempotentRequest,
    run: () => Promise<Result>,
    answerOf: (result: Result) => KeptAnswer | null,
  ): Promise<Performed<Result>>;
  /** Removes what is older than 24 hours. */
  job: Job;
};

/** Whether a route honours the header: it changes something, and no other header makes a repetition safe. */
export function honoursIdempotencyKey({ method, access, answerType }: RouteDefinition): boolean {
  return method === "post" && (access.by === "member" || access.by === "session") && answerType === undefined;
}

type Deps = { store: Store; sealer: Sealer; clock: Clock };

export function createIdempotency({ store, sealer, clock }: Deps): Idempotency {
  const fingerprintKey = sealer.deriveKey("idempotency");
  return {
    async perform(request, run, answerOf) {
      if (!KEY.test(request.key)) {
        throw new MusterError(
          "bad-request",
          "The header Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.",
        );
      }
      const row = rowOf(request);
      const fingerprint = fingerprintOf(request, fingerprintKey);
      const since = clock.now() - KEPT_MS;
      const known = await findRequest(store.read, row, since);
      if (known) {
        if (known.fingerprint !== fingerprint) throw usedForAnother();
        if (known.answer === null) throw withoutAnswer();
        const body = sealer.open(known.answer, contextOf(row)).toString("utf8");
        return { isRepeated: true, answer: { body: body || null } };
      }
      const claim = {
        isMade: false,
        make: async (tx: Transaction<Tables>) => {
          const isNew = await insertRequest(tx, { ...row, fingerprint, created_at: clock.now() }, since);
          if (!isNew) throw withoutAnswer();
        },
      };
      const result = await withClaim(claim, run);
      const answer = answerOf(result);
      if (claim.isMade && answer) {
        const sealed = sealer.seal(Buffer.from(answer.body ?? ""), contextOf(row));
        await store.transaction((tx) => keepAnswer(tx, row, sealed));
      }
      return { isRepeated: false, result };
    },
    job: {
      name: "idempotency-cleanup",
      everyMs: CLEANUP_MS,
      async run(signal) {
        while (!signal.aborted && (await removeRequests(store, clock.now() - KEPT_MS)) > 0);
      },
    },
  };
}

function rowOf({ caller, key }: IdempotentRequest): RequestId {
  const { orgId, ...rest } = asMember(caller);
  const name = rest.kind === "user" ? `user:${rest.userId}` : `key:${rest.keyId}`;
  return { org_id: orgId, caller: name, idempotency_key: key };
}

function asMember(caller: Caller): MemberCaller {
  if (caller.kind === "user" || caller.kind === "api-key") return caller;
  throw new Error(`A caller of the kind ${caller.kind} has no idempotency keys.`);
}

/** With a key, because the input may contain a password. */
function fingerprintOf({ definition: { path }, input }: IdempotentRequest, key: Buffer): string {
  return createHmac("sha256", key)
    .update(`${path}\n${JSON.stringify(input)}`)
    .digest("base64url");
}

function contextOf(row: RequestId): string {
  return `idempotency:${row.org_id}:${row.caller}:${row.idempotency_key}`;
}

function usedForAnother(): MusterError {
  return new MusterError("conflict", "This idempotency key was used for another request. Use a new one.");
}

function withoutAnswer(): MusterError {
  return new MusterError(
    "conflict",
    "A request with this idempotency key was received before, and its answer is not known. It may still run. Look at its result before you send it with a new key.",
  );
}
