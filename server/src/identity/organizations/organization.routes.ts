import { Organization, OrganizationChange } from "@muster/shared/contracts/identity.ts";
import { type Route, route } from "../../platform/http/route.ts";
import { actorOf } from "../audit/actor.ts";
import type { Organizations } from "./organization.service.ts";

const common = {
  path: "/api/v1/organization",
  group: "Organization",
  answer: Organization,
  hasVersion: true,
  status: 200,
} as const;

export function createOrganizationRoutes(organizations: Organizations): Route[] {
  return [
    route(
      {
        ...common,
        method: "get",
        operationId: "getOrganization",
        summary: "Get the organization and its settings",
        access: { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true },
      },
      ({ caller }) => organizations.get(caller.orgId),
    ),
    route(
      {
        ...common,
        method: "patch",
        operationId: "updateOrganization",
        summary: "Change the organization's name or settings",
        access: { by: "member", role: "admin", scope: "write" },
        body: OrganizationChange,
        needsVersion: true,
      },
      ({ caller, body, requestId, version }) =>
        organizations.change(caller.orgId, body, { actor: actorOf(caller), requestId, version }),
    ),
  ];
}
