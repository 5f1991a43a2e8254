import {
  Action,
  ActionListQuery,
  ActionPage,
  QueuedActions,
  NewActions,
} from "@muster/shared/contracts/action.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Route, route } from "../platform/http/route.ts";
import type { ActionService } from "./action.service.ts";

const params = z.object({ id: Id });
const group = "Actions";

/** Room for 5,000 ids beside the payload. */
const MAX_REQUEST_BYTES = 300_000;

export function createActionRoutes(actions: ActionService): Route[] {
  return [
    route(
      {
        method: "post",
        path: "/api/v1/actions",
        operationId: "requestActions",
        summary: "Request an action on one or many devices",
        group,
        access: { by: "member", role: "operator", scope: "act", appliesCustomerLimit: true },
        body: NewActions,
        maxBodyBytes: MAX_REQUEST_BYTES,
        answer: QueuedActions,
        status: 201,
        errors: ["not-found", "conflict"],
      },
      ({ caller, body, requestId, signal }) => actions.queue({ caller, requestId }, body, signal),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/actions",
        operationId: "listActions",
        summary: "List actions, newest first",
        group,
        access: { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true },
        query: ActionListQuery,
        answer: ActionPage,
        status: 200,
      },
      ({ caller, query }) => actions.list(caller, query),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/actions/{id}",
        operationId: "getAction",
        summary: "Get an action with its steps and its result",
        group,
        access: { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true },
        params,
        answer: Action,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => actions.get(caller, id),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/actions/{id}/cancel",
        operationId: "cancelAction",
        summary: "Cancel an action, or request its cancellation from the device",
        group,
        access: { by: "member", role: "operator", scope: "act", appliesCustomerLimit: true },
        params,
        answer: Action,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) => actions.cancel({ caller, requestId }, id),
    ),
  ];
}
