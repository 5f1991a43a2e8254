import {
  ApiKey,
  type ApiKeyCreated,
  LegacyGrant,
  type NewApiKey,
  type NewLegacyKey,
  type Role,
  type Scope,
} from "@muster/shared/contracts/identity.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import { assertVersion, nextEdit, toEditInfo, UNEDITED } from "../../platform/edit-version.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { Actor } from "../audit/actor.ts";
import { changesOf } from "../audit/audit-changes.ts";
import type { Audit } from "../audit/audit.service.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import { readIdPage, toIdPage } from "../../platform/http/id-page.ts";
import type { IdentityContext } from "../identity-context.ts";
import type { ChangedBy } from "../organizations/organization.service.ts";
import { findUser } from "../users/user.system-repository.ts";
import { hashSecret, makeSecret } from "../secrets/secret.ts";
import {
  type ApiKeyRow,
  findApiKey,
  insertApiKey,
  lockApiKey,
  markApiKeyRevoked,
  readApiKeys,
  updateApiKeyLimit,
} from "./api-key.repository.ts";
import { findOrganizationOfKey } from "./api-key.system-repository.ts";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { CustomerDirectory } from "../customers/customer-directory.ts";
import { readLimit, writeLimit } from "../customers/customer-limit.repository.ts";
import { readLimitNames, requireCustomers } from "../customers/stored-limit.ts";

const DAY_MS = 86_400_000;
const SHOWN_PREFIX_LENGTH = 9;

/** Who creates a key: a member, whose current role limits it, or the command line with a fixed role. */
export type KeyCreator = { actor: Actor; requestId: string | null } & (
  | { userId: string }
  | { fixedRole: Role }
);

/** `version` is the one that the caller has seen; null for any. */
type GivenLimit = { customerIds: readonly string[] | null; version: number | null };

export type ApiKeys = {
  list(
    orgId: string,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: ApiKey[]; nextCursor: string | null }>;
  /** Throws `forbidden` for the scope `metrics` unless the creator is a server administrator. With `compat` the key also works on the routes of legacy systems. */
  create(
    orgId: string,
    input: NewApiKey,
    creator: KeyCreator,
    compat?: readonly LegacyGrant[],
  ): Promise<ApiKeyCreated>;
  /** Creates a key that works only on the routes of legacy systems. It does not expire. */
  createLegacy(orgId: string, input: NewLegacyKey, creator: KeyCreator): Promise<ApiKeyCreated>;
  /**
   * Replaces the customers that a key is limited to; null for no limit. Throws `not-found`, `bad-request` for an unknown customer, `conflict` for
   * a key that was revoked or is for a legacy system, and `precondition-failed` when the key has another version than the one given.
   */
  limit(orgId: string, keyId: string, given: GivenLimit, by: ChangedBy): Promise<ApiKey>;
  /** Revokes a key. Does nothing when it was revoked already. Throws `not-found`. */
  revoke(orgId: string, keyId: string, by: ChangedBy): Promise<void>;
  /** Like `revoke`, for a key of any organization: for the command line. */
  revokeAnywhere(keyId: string, by: ChangedBy): Promise<void>;
};

type KeyInput = Pick<ApiKey, "name" | "scopes" | "compat" | "compatMachineId"> &
  Pick<NewApiKey, "validDays" | "customerIds">;

export function createApiKeys(
  platform: IdentityContext,
  { audit, customers }: { audit: Audit; customers: CustomerDirectory },
): ApiKeys {
  const { store, clock, makeId, events } = platform;

  async function revoke(orgId: string, keyId: string, by: ChangedBy): Promise<void> {
    await store.transaction(async (tx) => {
      const key = await findApiKey(tx, orgId, keyId);
      if (!key) throw new MusterError("not-found", "There is no such key.");
      if (!(await markApiKeyRevoked(tx, orgId, keyId, clock.now()))) return;
      await raiseAuthEpoch(tx);
      await audit.record(tx, {
        orgId,
        ...by,
        action: "api-key.revoked",
        subject: { type: "api-key", id: keyId, name: key.name },
      });
    });
    events.publish({ topic: "credential.changed", orgId, ids: [keyId] });
  }

  async function limit(
    orgId: string,
    keyId: string,
    { customerIds, version }: GivenLimit,
    by: ChangedBy,
  ): Promise<ApiKey> {
    const changed = await store.transaction(async (tx): Promise<ApiKeyRow> => {
      const key = await lockApiKey(tx, store.dialect, orgId, keyId);
      if (!key) throw new MusterError("not-found", "There is no such key.");
      assertMayBeLimited(key);
      assertVersion(version, toEditInfo(key));
      await requireCustomers(customers, tx, orgId, customerIds);
      const before = key.is_limited === 1 ? await readLimit(tx, orgId, keyId) : null;
      await writeLimit(tx, orgId, keyId, customerIds);
      const edit = nextEdit(key, by.actor, clock.now());
      const limited: ApiKeyRow = { ...key, is_limited: customerIds === null ? 0 : 1, ...edit };
      await updateApiKeyLimit(tx, limited);
      await raiseAuthEpoch(tx);
      await audit.record(tx, {
        orgId,
        ...by,
        action: "api-key.limited",
        subject: { type: "api-key", id: keyId, name: key.name },
        details: { changes: changesOf({ customerIds: before }, { customerIds }) },
      });
      return limited;
    });
    events.publish({ topic: "credential.changed", orgId, ids: [keyId] });
    const limits = await readLimitNames(customers, store.read, orgId, [changed]);
    return toApiKey(changed, limits(changed));
  }

  async function insert(orgId: string, input: KeyInput, creator: KeyCreator): Promise<ApiKeyCreated> {
    const secret = makeSecret("apiKey");
    const at = clock.now();
    const row = toRow(orgId, input, creator, { id: makeId(), secret, at });
    const { customerIds = null } = input;
    await store.transaction(async (tx) => {
      if (input.scopes.includes("metrics")) await assertServerAdmin(tx, creator);
      await requireCustomers(customers, tx, orgId, customerIds);
      await insertApiKey(tx, row);
      await writeLimit(tx, orgId, row.id, customerIds);
      await audit.record(tx, {
        orgId,
        actor: creator.actor,
        action: "api-key.created",
        subject: { type: "api-key", id: row.id, name: row.name },
        details: {
          scopes: readScopes(row),
          ...(input.compat.length > 0 && {
            compat: readLegacyGrants(row),
            machineId: row.legacy_machine_id,
          }),
          ...(customerIds !== null && { customerIds }),
          expiresAt: toNullableInstant(row.expires_at),
        },
        requestId: creator.requestId,
      });
    });
    const limits = await readLimitNames(customers, store.read, orgId, [row]);
    return { key: toApiKey(row, limits(row)), secret };
  }

  return {
    async list(orgId, query) {
      const page = readIdPage(query);
      const rows = await readApiKeys(store.read, orgId, page);
      const limits = await readLimitNames(customers, store.read, orgId, rows);
      return toIdPage(rows, page.limit, (row) => toApiKey(row, limits(row)));
    },
    create: (orgId, input, creator, compat = []) =>
      insert(orgId, { ...input, compat: [...compat], compatMachineId: null }, creator),
    createLegacy: (orgId, { name, grants, machineId }, creator) =>
      insert(
        orgId,
        { name, scopes: [], compat: grants, compatMachineId: machineId, validDays: null },
        creator,
      ),
    limit,
    revoke,
    async revokeAnywhere(keyId, by) {
      const owner = await findOrganizationOfKey(store.read, keyId);
      if (!owner) throw new MusterError("not-found", "There is no such key.");
      await revoke(owner.org_id, keyId, by);
    },
  };
}

/** Routes of legacy systems know no customers. */
function assertMayBeLimited(key: ApiKeyRow): void {
  if (key.revoked_at !== null) throw new MusterError("conflict", "This key was revoked.");
  if (readLegacyGrants(key).length > 0) {
    throw new MusterError("conflict", "A key for a legacy system cannot be limited to customers.");
  }
}

/** Metrics are about the whole server. The command line may create keys for them, because its user operates the server. */
async function assertServerAdmin(tx: Transaction<Tables>, creator: KeyCreator): Promise<void> {
  if (!("userId" in creator)) return;
  if ((await findUser(tx, creator.userId))?.is_server_admin === 1) return;
  throw new MusterError(
    "forbidden",
    'Only a server administrator can create a key with the scope "metrics". The operator of the server grants this right with muster user grant-server-admin.',
  );
}

function toRow(
  orgId: string,
  input: KeyInput,
  creator: KeyCreator,
  { id, secret, at }: { id: string; secret: string; at: number },
): ApiKeyRow {
  return {
    id,
    org_id: orgId,
    name: input.name,
    prefix: secret.slice(0, SHOWN_PREFIX_LENGTH),
    secret_hash: hashSecret(secret),
    scopes: JSON.stringify([...new Set(input.scopes)]),
    legacy_grants: JSON.stringify([...new Set(input.compat)]),
    legacy_machine_id: input.compatMachineId,
    creator_id: "userId" in creator ? creator.userId : null,
    creator_name: creator.actor.name,
    is_limited: (input.customerIds ?? null) === null ? 0 : 1,
    fixed_role: "fixedRole" in creator ? creator.fixedRole : null,
    created_at: at,
    expires_at: input.validDays === null ? null : at + input.validDays * DAY_MS,
    last_used_at: null,
    revoked_at: null,
    ...UNEDITED,
  };
}

export function readScopes(row: { scopes: string }): Scope[] {
  return ApiKey.shape.scopes.parse(JSON.parse(row.scopes));
}

export function readLegacyGrants(row: { legacy_grants: string }): LegacyGrant[] {
  return LegacyGrant.array().parse(JSON.parse(row.legacy_grants));
}

function toApiKey(row: ApiKeyRow, limit: CustomerRef[] | null): ApiKey {
  return {
    id: row.id,
    name: terminalLine(row.name),
    prefix: row.prefix,
    scopes: readScopes(row),
    compat: readLegacyGrants(row),
    compatMachineId: row.legacy_machine_id,
    customers: limit,
    createdAt: toInstant(row.created_at),
    createdBy: terminalLine(row.creator_name),
    expiresAt: toNullableInstant(row.expires_at),
    lastUsedAt: toNullableInstant(row.last_used_at),
    revokedAt: toNullableInstant(row.revoked_at),
    ...toEditInfo(row),
  };
}
