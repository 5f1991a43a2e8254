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
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { reaches, type Tenant, wholeOrganization } from "../../platform/tenant.ts";
import type { CustomerDirectory } from "../customers/customer-directory.ts";
import { findGivenCustomer } from "../customers/given-customer.ts";

const HOUR_MS = 3_600_000;

export type EnrolmentTokens = {
  list(
    tenant: Tenant,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: EnrolmentToken[]; nextCursor: string | null }>;
  /** Throws `forbidden` when a limited member names none of their customers; with one customer, it need not be named. */
  create(tenant: Tenant, input: NewEnrolmentToken, by: ChangedBy): Promise<EnrolmentTokenCreated>;
  /** Revokes a token. Does nothing when it was revoked already. Throws `not-found`. */
  revoke(tenant: Tenant, tokenId: string, by: ChangedBy): Promise<void>;
  /** Like `revoke`, for a token of any organization: for the command line. */
  revokeAnywhere(tokenId: string, by: ChangedBy): Promise<void>;
};

export function createEnrolmentTokens(
  platform: IdentityContext,
  { audit, customers }: { audit: Audit; customers: CustomerDirectory },
): EnrolmentTokens {
  const { store, clock, makeId } = platform;

  function toToken(row: EnrolmentTokenRow, customer: string | null): EnrolmentToken {
    return {
      id: row.id,
      name: terminalLine(row.name),
      createdAt: toInstant(row.created_at),
      createdBy: row.creator_name,
      expiresAt: toInstant(row.expires_at),
      usesLeft: usesLeft(row),
      uses: row.uses,
      needsApproval: row.needs_approval === 1,
      customer,
      customerId: row.customer_id,
      tags: readTags(row),
      state: stateOf(row, clock.now()),
    };
  }

  async function customerOf(
    tx: Transaction<Tables>,
    tenant: Tenant,
    input: NewEnrolmentToken,
    by: ChangedBy,
  ): Promise<CustomerRef | null> {
    const { customer } = input;
    const customerId = input.customerId ?? (customer === null ? onlyCustomerOf(tenant) : null);
    if (tenant.customerIds !== null && (customer !== null || !reaches(tenant, customerId))) {
      throw new MusterError("forbidden", "Choose one of the customers that you are limited to.", {
        details: [{ path: "customerId", message: "must be one of your customers" }],
      });
    }
    return findGivenCustomer(customers, tx, tenant.orgId, { customer, customerId }, by);
  }

  async function revoke(tenant: Tenant, tokenId: string, by: ChangedBy): Promise<void> {
    await store.transaction(async (tx) => {
      const { orgId } = tenant;
      const token = await findEnrolmentToken(tx, tenant, tokenId);
      if (!token) throw new MusterError("not-found", "There is no such enrolment token.");
      if (!(await markEnrolmentTokenRevoked(tx, orgId, tokenId, clock.now()))) return;
      await audit.record(tx, {
        orgId,
        ...by,
        action: "enrolment-token.revoked",
        subject: { type: "enrolment-token", id: tokenId, name: token.name },
        customerId: token.customer_id,
      });
    });
  }

  return {
    async list(tenant, query) {
      const page = readIdPage(query);
      const rows = await readEnrolmentTokens(store.read, tenant, page);
      const ids = rows.flatMap(({ customer_id }) => customer_id ?? []);
      const names = await customers.namesOf(store.read, tenant.orgId, [...new Set(ids)]);
      return toIdPage(rows, page.limit, (row) => toToken(row, names.get(row.customer_id ?? "") ?? null));
    },
    async create(tenant, input, by) {
      const { orgId } = tenant;
      const secret = makeSecret("enrolmentToken");
      const at = clock.now();
      const { validHours, maxUses, needsApproval, tags } = input;
      return store.transaction(async (tx) => {
        const customer = await customerOf(tx, tenant, input, by);
        const row: EnrolmentTokenRow = {
          id: makeId(),
          org_id: orgId,
          name: input.name,
          secret_hash: hashSecret(secret),
          creator_name: by.actor.name,
          created_at: at,
          expires_at: at + validHours * HOUR_MS,
          max_uses: maxUses,
          uses: 0,
          needs_approval: needsApproval ? 1 : 0,
          customer_id: customer?.id ?? null,
          tags: JSON.stringify([...new Set(tags)]),
          revoked_at: null,
        };
        await insertEnrolmentToken(tx, row);
        await audit.record(tx, {
          orgId,
          ...by,
          action: "enrolment-token.created",
          subject: { type: "enrolment-token", id: row.id, name: row.name },
          customerId: row.customer_id,
          details: { validHours, maxUses, needsApproval, customer: customer?.name ?? null, tags },
        });
        return { token: toToken(row, customer?.name ?? null), secret };
      });
    },
    revoke,
    async revokeAnywhere(tokenId, by) {
      const owner = await findOrganizationOfToken(store.read, tokenId);
      if (!owner) throw new MusterError("not-found", "There is no such enrolment token.");
      await revoke(wholeOrganization(owner.org_id), tokenId, by);
    },
  };
}

/** Whom a member who is limited to one customer creates tokens for. */
function onlyCustomerOf({ customerIds }: Tenant): string | null {
  return customerIds?.length === 1 ? (customerIds[0] ?? null) : null;
}
