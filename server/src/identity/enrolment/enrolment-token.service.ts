import type {
  EnrolmentToken,
  EnrolmentTokenCreated,
  NewEnrolmentToken,
} from "@muster/shared/contracts/enrolment.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import { MusterError } from "../../platform/errors.ts";
import { toInstant } from "../../platform/instant.ts";
import type { Audit } from "../audit/audit.service.ts";
import { readIdPage, toIdPage } from "../../platform/http/id-page.ts";
import type { IdentityContext } from "../identity-context.ts";
import type { ChangedBy } from "../organizations/organization.service.ts";
import { hashSecret, makeSecret } from "../secrets/secret.ts";
import {
  type EnrolmentTokenRow,
  findEnrolmentToken,
  insertEnrolmentToken,
  markEnrolmentTokenRevoked,
  readEnrolmentTokens,
} from "./enrolment-token.repository.ts";
import { findOrganizationOfToken } from "./enrolment-token.system-repository.ts";
import { readTags, stateOf, usesLeft } from "./enrolment-token-state.ts";

const HOUR_MS = 3_600_000;

export type EnrolmentTokens = {
  list(
    orgId: string,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: EnrolmentToken[]; nextCursor: string | null }>;
  create(orgId: string, input: NewEnrolmentToken, by: ChangedBy): Promise<EnrolmentTokenCreated>;
  /** Revokes a token. Does nothing when it was revoked already. Throws `not-found`. */
  revoke(orgId: string, tokenId: string, by: ChangedBy): Promise<void>;
  /** Like `revoke`, for a token of any organization: for the command line. */
  revokeAnywhere(tokenId: string, by: ChangedBy): Promise<void>;
};

export function createEnrolmentTokens(
  platform: IdentityContext,
  { audit }: { audit: Audit },
): EnrolmentTokens {
  const { store, clock, makeId } = platform;

  function toToken(row: EnrolmentTokenRow): EnrolmentToken {
    return {
      id: row.id,
      name: terminalLine(row.name),
      createdAt: toInstant(row.created_at),
      createdBy: row.creator_name,
      expiresAt: toInstant(row.expires_at),
      usesLeft: usesLeft(row),
      uses: row.uses,
      needsApproval: row.needs_approval === 1,
      customer: row.customer,
      tags: readTags(row),
      state: stateOf(row, clock.now()),
    };
  }

  async function revoke(orgId: string, tokenId: string, by: ChangedBy): Promise<void> {
    await store.transaction(async (tx) => {
      const token = await findEnrolmentToken(tx, orgId, tokenId);
      if (!token) throw new MusterError("not-found", "There is no such enrolment token.");
      if (!(await markEnrolmentTokenRevoked(tx, orgId, tokenId, clock.now()))) return;
      await audit.record(tx, {
        orgId,
        ...by,
        action: "enrolment-token.revoked",
        subject: { type: "enrolment-token", id: tokenId, name: token.name },
      });
    });
  }

  return {
    async list(orgId, query) {
      const page = readIdPage(query);
      return toIdPage(await readEnrolmentTokens(store.read, orgId, page), page.limit, toToken);
    },
    async create(orgId, input, by) {
      const secret = makeSecret("enrolmentToken");
      const at = clock.now();
      const row: EnrolmentTokenRow = {
        id: makeId(),
        org_id: orgId,
        name: input.name,
        secret_hash: hashSecret(secret),
        creator_name: by.actor.name,
        created_at: at,
        expires_at: at + input.validHours * HOUR_MS,
        max_uses: input.maxUses,
        uses: 0,
        needs_approval: input.needsApproval ? 1 : 0,
        customer: input.customer,
        tags: JSON.stringify([...new Set(input.tags)]),
        revoked_at: null,
      };
      const { validHours, maxUses, needsApproval, customer, tags } = input;
      await store.transaction(async (tx) => {
        await insertEnrolmentToken(tx, row);
        await audit.record(tx, {
          orgId,
          ...by,
          action: "enrolment-token.created",
          subject: { type: "enrolment-token", id: row.id, name: row.name },
          details: { validHours, maxUses, needsApproval, customer, tags },
        });
      });
      return { token: toToken(row), secret };
    },
    revoke,
    async revokeAnywhere(tokenId, by) {
      const owner = await findOrganizationOfToken(store.read, tokenId);
      if (!owner) throw new MusterError("not-found", "There is no such enrolment token.");
      await revoke(owner.org_id, tokenId, by);
    },
  };
}
