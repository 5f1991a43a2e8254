import type {
  EnrolmentToken,
  EnrolmentTokenCreated,
  NewEnrolmentToken,
} from "@muster/shared/contracts/enrolment.ts";
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
  create(orgId: string, wanted: NewEnrolmentToken, by: ChangedBy): Promise<EnrolmentTokenCreated>;
  /** Ends a token for good; one that was revoked before stays so. Throws `not-found`. */
  revoke(orgId: string, tokenId: string, by: ChangedBy): Promise<void>;
  /** As `revoke`, in whatever organization the token is: for the command line. */
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
      name: row.name,
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
    async create(orgId, wanted, by) {
      const secret = makeSecret("enrolmentToken");
      const at = clock.now();
      const row: EnrolmentTokenRow = {
        id: makeId(),
        org_id: orgId,
        name: wanted.name,
        secret_hash: hashSecret(secret),
        creator_name: by.actor.name,
        created_at: at,
        expires_at: at + wanted.validHours * HOUR_MS,
        max_uses: wanted.maxUses,
        uses: 0,
        needs_approval: wanted.needsApproval ? 1 : 0,
        customer: wanted.customer,
        tags: JSON.stringify([...new Set(wanted.tags)]),
        revoked_at: null,
      };
      const { validHours, maxUses, needsApproval, customer, tags } = wanted;
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
      const place = await findOrganizationOfToken(store.read, tokenId);
      if (!place) throw new MusterError("not-found", "There is no such enrolment token.");
      await revoke(place.org_id, tokenId, by);
    },
  };
}
