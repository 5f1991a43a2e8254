import { NewUser, User, UserChange, UserPage } from "@muster/shared/contracts/identity.ts";
import { PageQuery } from "@muster/shared/contracts/page.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Route, route } from "../../platform/http/route.ts";
import { authorityOf } from "./authority.ts";
import type { Invitations } from "./invitation.service.ts";
import type { Members } from "./member.service.ts";
import type { Users } from "./user.service.ts";

const group = "Users";
const params = z.object({ id: Id });
const adminSession = { by: "session", role: "admin" } as const;

export function createUserRoutes({
  users,
  members,
  invitations,
}: {
  users: Users;
  members: Members;
  invitations: Invitations;
}): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/users",
        operationId: "listUsers",
        summary: "List the users of the organization",
        group,
        access: { by: "member", role: "admin", scope: "read" },
        query: PageQuery,
        answer: UserPage,
        status: 200,
      },
      ({ caller, query }) => users.list(caller.orgId, query),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/users/{id}",
        operationId: "getUser",
        summary: "A user of the organization",
        group,
        access: { by: "member", role: "admin", scope: "read" },
        params,
        answer: User,
        hasVersion: true,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => users.get(caller.orgId, id),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/users",
        operationId: "createUser",
        summary: "Add a user",
        group,
        access: adminSession,
        body: NewUser,
        answer: User,
        status: 201,
        errors: ["conflict", "unavailable"],
      },
      async ({ caller, body, requestId }) =>
        (await users.create(caller.orgId, body, authorityOf(caller, requestId))).user,
    ),
    route(
      {
        method: "patch",
        path: "/api/v1/users/{id}",
        operationId: "updateUser",
        summary: "Change a user's name, role or customer limit",
        group,
        access: adminSession,
        params,
        body: UserChange,
        answer: User,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, body, requestId, version }) =>
        members.change(caller.orgId, id, { change: body, version }, authorityOf(caller, requestId)),
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/users/{id}",
        operationId: "removeUser",
        summary: "Remove a user from the organization",
        group,
        access: adminSession,
        params,
        status: 204,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) =>
        members.remove(caller.orgId, id, authorityOf(caller, requestId)),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/me/invitations/{id}/accept",
        operationId: "acceptInvitation",
        summary: "Join the organization of an invitation",
        group,
        access: { by: "session", role: "viewer", appliesCustomerLimit: true },
        params,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) => invitations.accept(id, caller, requestId),
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/me/invitations/{id}",
        operationId: "declineInvitation",
        summary: "Decline an invitation",
        group,
        access: { by: "session", role: "viewer", appliesCustomerLimit: true },
        params,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) => invitations.decline(id, caller, requestId),
    ),
  ];
}
