import {
  ApiKey,
  ApiKeyCreated,
  ApiKeyLimit,
  ApiKeyPage,
  NewApiKey,
} from "@muster/shared/contracts/identity.ts";
import { PageQuery } from "@muster/shared/contracts/page.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Route, route } from "../../platform/http/route.ts";
import { actorOf } from "../audit/actor.ts";
import type { ApiKeys } from "./api-key.service.ts";

// Sessions only: a key cannot create or revoke keys.
const common = { group: "API keys", access: { by: "session", role: "admin" } } as const;

export function createApiKeyRoutes(keys: ApiKeys): Route[] {
  return [
    route(
      {
        ...common,
        method: "get",
        path: "/api/v1/keys",
        operationId: "listApiKeys",
        summary: "List the API keys of the organization",
        query: PageQuery,
        answer: ApiKeyPage,
        status: 200,
      },
      ({ caller, query }) => keys.list(caller.orgId, query),
    ),
    route(
      {
        ...common,
        method: "post",
        path: "/api/v1/keys",
        operationId: "createApiKey",
        summary:
          "Create an API key; its secret is returned only once. The scope metrics requires a server administrator",
        body: NewApiKey,
        answer: ApiKeyCreated,
        status: 201,
      },
      ({ caller, body, requestId }) =>
        keys.create(caller.orgId, body, { userId: caller.userId, actor: actorOf(caller), requestId }),
    ),
    route(
      {
        ...common,
        method: "put",
        path: "/api/v1/keys/{id}/limit",
        operationId: "limitApiKey",
        summary: "Replace the customers that an API key is limited to",
        params: z.object({ id: Id }),
        body: ApiKeyLimit,
        answer: ApiKey,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, body: { customerIds }, requestId, version }) =>
        keys.limit(caller.orgId, id, { customerIds, version }, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        ...common,
        method: "delete",
        path: "/api/v1/keys/{id}",
        operationId: "revokeApiKey",
        summary: "Revoke an API key",
        params: z.object({ id: Id }),
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) =>
        keys.revoke(caller.orgId, id, { actor: actorOf(caller), requestId }),
    ),
  ];
}
