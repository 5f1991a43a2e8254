import {
  EnrolmentTokenCreated,
  EnrolmentTokenPage,
  NewEnrolmentToken,
} from "@muster/shared/contracts/enrolment.ts";
import { PageQuery } from "@muster/shared/contracts/page.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Route, route } from "../../platform/http/route.ts";
import { actorOf } from "../audit/actor.ts";
import type { EnrolmentTokens } from "./enrolment-token.service.ts";

const common = {
  group: "Enrolment tokens",
  access: { by: "member", role: "operator", scope: "write", appliesCustomerLimit: true },
} as const;

export function createEnrolmentTokenRoutes(tokens: EnrolmentTokens): Route[] {
  return [
    route(
      {
        ...common,
        method: "get",
        path: "/api/v1/enrolment-tokens",
        operationId: "listEnrolmentTokens",
        summary: "List the enrolment tokens of the organization",
        query: PageQuery,
        answer: EnrolmentTokenPage,
        status: 200,
      },
      ({ caller, query }) => tokens.list(caller, query),
    ),
    route(
      {
        ...common,
        method: "post",
        path: "/api/v1/enrolment-tokens",
        operationId: "createEnrolmentToken",
        summary: "Create an enrolment token; its secret is returned only once",
        body: NewEnrolmentToken,
        answer: EnrolmentTokenCreated,
        status: 201,
      },
      ({ caller, body, requestId }) => tokens.create(caller, body, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        ...common,
        method: "delete",
        path: "/api/v1/enrolment-tokens/{id}",
        operationId: "revokeEnrolmentToken",
        summary: "Revoke an enrolment token",
        params: z.object({ id: Id }),
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) =>
        tokens.revoke(caller, id, { actor: actorOf(caller), requestId }),
    ),
  ];
}
