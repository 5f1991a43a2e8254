import {
  ApiKey,
  type ApiKeyCreated,
  LegacyGrant,
  type NewApiKey,
  type NewLegacyKey,
  type Role,
  type Scope,
} from "@muster/shared/contracts/identity.ts";
import { MusterError } from "../../platform/errors.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { Actor } from "../audit/actor.ts";
import type { Audit } from "../audit/audit.service.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import { readIdPage, toIdPage } from "../../platform/http/id-page.ts";
import type { IdentityPlatform } from "../identity-platform.ts";
import type { ChangedBy } from "../organizations/organization.service.ts";
import { hashSecret, makeSecret } from "../secrets/secret.ts";
import {
  type ApiKeyRow,
  findApiKey,
  insertApiKey,
  markApiKeyRevoked,
  readApiKeys,
} from "./api-key.repository.ts";
import { findOrganizationOfKey } from "./api-key.system-repository.ts";

const DAY_MS = 86_400_000;
const PREFIX_LENGTH = 9;

/** Who makes a key: a member, whose present role bounds it for ever, or the command line with a role that stays. */
export type KeyCreator = { actor: Actor; requestId: string | null } & (
  | { userId: string }
  | { fixedRole: Role }
);

export type ApiKeys = {
  list(
    orgId: string,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: ApiKey[]; nextCursor: string | null }>;
  /** `compat` lets the key work on the routes of older systems as well. */
  create(
    orgId: string,
    wanted: NewApiKey,
    creator: KeyCreator,
    compat?: readonly LegacyGrant[],
  ): Promise<ApiKeyCreated>;
  /** Makes a key that works on the routes of older systems alone. It does not expire. */
  createCompat(orgId: string, wanted: NewLegacyKey, creator: KeyCreator): Promise<ApiKeyCreated>;
  /** Ends a key for good; one that was revoked before stays so. Throws `not-found`. */
  revoke(orgId: string, keyId: string, by: ChangedBy): Promise<void>;
  /** As `revoke`, in whatever organization the key is: for the command line. */
  revokeAnywhere(keyId: string, by: ChangedBy): Promise<void>;
};

export function createApiKeys(platform: IdentityPlatform, { audit }: { audit: Audit }): ApiKeys {
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

  type Wanted = Pick<ApiKey, "name" | "scopes" | "compat" | "compatMachineId"> & Pick<NewApiKey, "validDays">;

  async function insert(orgId: string, wanted: Wanted, creator: KeyCreator): Promise<ApiKeyCreated> {
    const secret = makeSecret("apiKey");
    const at = clock.now();
    const row: ApiKeyRow = {
      id: makeId(),
      org_id: orgId,
      name: wanted.name,
      prefix: secret.slice(0, PREFIX_LENGTH),
      secret_hash: hashSecret(secret),
      scopes: JSON.stringify([...new Set(wanted.scopes)]),
      legacy_grants: JSON.stringify([...new Set(wanted.compat)]),
      legacy_machine_id: wanted.compatMachineId,
      creator_id: "userId" in creator ? creator.userId : null,
      creator_name: creator.actor.name,
      fixed_role: "fixedRole" in creator ? creator.fixedRole : null,
      created_at: at,
      expires_at: wanted.validDays === null ? null : at + wanted.validDays * DAY_MS,
      last_used_at: null,
      revoked_at: null,
    };
    const key = toApiKey(row);
    await store.transaction(async (tx) => {
      await insertApiKey(tx, row);
      await audit.record(tx, {
        orgId,
        actor: creator.actor,
        action: "api-key.created",
        subject: { type: "api-key", id: row.id, name: row.name },
        details: {
          scopes: key.scopes,
          ...(key.compat.length > 0 && { compat: key.compat, machineId: key.compatMachineId }),
          expiresAt: key.expiresAt,
        },
        requestId: creator.requestId,
      });
    });
    return { key, secret };
  }

  return {
    async list(orgId, query) {
      const page = readIdPage(query);
      return toIdPage(await readApiKeys(store.read, orgId, page), page.limit, toApiKey);
    },
    create: (orgId, wanted, creator, compat = []) =>
      insert(orgId, { ...wanted, compat: [...compat], compatMachineId: null }, creator),
    createCompat: (orgId, { name, grants, machineId }, creator) =>
      insert(
        orgId,
        { name, scopes: [], compat: grants, compatMachineId: machineId, validDays: null },
        creator,
      ),
    revoke,
    async revokeAnywhere(keyId, by) {
      const place = await findOrganizationOfKey(store.read, keyId);
      if (!place) throw new MusterError("not-found", "There is no such key.");
      await revoke(place.org_id, keyId, by);
    },
  };
}

export function readScopes(row: { scopes: string }): Scope[] {
  return ApiKey.shape.scopes.parse(JSON.parse(row.scopes));
}

export function readCompatGrants(row: { legacy_grants: string }): LegacyGrant[] {
  return LegacyGrant.array().parse(JSON.parse(row.legacy_grants));
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: readScopes(row),
    compat: readCompatGrants(row),
    compatMachineId: row.legacy_machine_id,
    createdAt: toInstant(row.created_at),
    createdBy: row.creator_name,
    expiresAt: toNullableInstant(row.expires_at),
    lastUsedAt: toNullableInstant(row.last_used_at),
    revokedAt: toNullableInstant(row.revoked_at),
  };
}
