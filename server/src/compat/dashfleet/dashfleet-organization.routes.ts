import { actorOf, type ApiKeys, type LegacyKeys, type Organizations } from "../../identity/index.ts";
import { MusterError } from "../../platform/errors.ts";
import type { LegacyWire } from "../../platform/http/legacy-wire.ts";
import { type Route, route } from "../../platform/http/route.ts";
import {
  DashfleetOrganizationCreated,
  DashfleetOrganizations,
  DashfleetRevoked,
} from "./dashfleet-answers.ts";
import { DashfleetNewOrganization, DashfleetRevocation } from "./dashfleet-bodies.ts";
import { bodyOf, dashfleet, OPERATOR } from "./dashfleet-route.ts";

const system = "dashfleet";
const MASKED_LENGTH = 6;
const NEEDS_OWNER =
  "A key cannot create an organization. Sign in as an owner of this server, or run on it: muster org create NAME";

/** DashFleet's clients send a key here, and "Unauthorized" would not tell them what is needed instead. */
const organizationWire: LegacyWire = {
  ...dashfleet.wire,
  failureOf(error) {
    const failure = dashfleet.wire.failureOf(error);
    return failure.status === 403 ? { ...failure, body: { error: NEEDS_OWNER } } : failure;
  },
};

/** DashFleet protects these by one token for the whole server, which Muster does not have: see docs/decisions. */
export function createDashfleetOrganizationRoutes(deps: {
  organizations: Organizations;
  apiKeys: ApiKeys;
  keys: LegacyKeys;
}): Route[] {
  const { organizations, apiKeys, keys } = deps;

  return [
    route(
      {
        ...dashfleet,
        wire: organizationWire,
        method: "post",
        path: "/api/orgs",
        operationId: "dashfleetCreateOrganization",
        summary:
          "Create an organization and a key for it; requires the session of an owner of the first organization",
        access: { by: "session", role: "owner" },
        ...bodyOf(DashfleetNewOrganization),
        answer: DashfleetOrganizationCreated,
        status: 200,
      },
      async ({ caller, requestId, body: { name } }) => {
        const { id } = await organizations.createAdditional(name, caller);
        const newKey = { name: "DashFleet", grants: ["dashfleet-operator" as const], machineId: null };
        const creator = { actor: actorOf(caller), requestId, fixedRole: "operator" } as const;
        const { secret } = await apiKeys.createLegacy(id, newKey, creator);
        return { org_id: id, api_key: secret, name, role: "user" };
      },
    ),
    route(
      {
        ...dashfleet,
        method: "get",
        path: "/api/orgs",
        operationId: "dashfleetListOrganizations",
        summary: "Get the organization of the key and its keys",
        access: OPERATOR,
        answer: DashfleetOrganizations,
        status: 200,
      },
      async ({ caller: { orgId } }) => {
        const [{ name }, listed] = await Promise.all([organizations.get(orgId), keys.list(orgId, system)]);
        const masked = listed.map(({ prefix, createdAt, isRevoked }) => ({
          key_masked: `${prefix.slice(0, MASKED_LENGTH)}...`,
          created_at: createdAt / 1000,
          revoked: isRevoked,
        }));
        return { count: 1, orgs: [{ org_id: orgId, name: name ?? "", keys: masked }] };
      },
    ),
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/keys/revoke",
        operationId: "dashfleetRevokeKey",
        summary: "Revoke a key of the organization permanently",
        access: OPERATOR,
        ...bodyOf(DashfleetRevocation),
        answer: DashfleetRevoked,
        status: 200,
        errors: ["not-found"],
      },
      async ({ caller, requestId, body: { key, revoke } }) => {
        if (!revoke) {
          const details = [
            { path: "revoke", message: "A revoked key cannot be restored. Create a new one." },
          ];
          throw new MusterError("bad-request", "A revoked key cannot be restored.", { details });
        }
        await keys.revoke(caller, key, requestId);
        return { ok: true as const, revoked: true as const };
      },
    ),
  ];
}
