import {
  ActionBatch,
  ActionBatchPage,
  ActionBatchQuery,
  ActionRequesters,
} from "@muster/shared/contracts/action.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Route, route } from "../platform/http/route.ts";
import type { ActionBatchService } from "./action-batch.service.ts";

const params = z.object({ id: Id });
const group = "Actions";
const access = { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true } as const;

export function createActionBatchRoutes(batches: ActionBatchService): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/action-batches",
        operationId: "listActionBatches",
        summary: "List batches of actions with their progress, newest first",
        group,
        access,
        query: ActionBatchQuery,
        answer: ActionBatchPage,
        status: 200,
      },
      ({ caller, query }) => batches.list(caller, query),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/action-batches/{id}",
        operationId: "getActionBatch",
        summary: "Get a batch of actions with its progress",
        group,
        access,
        params,
        answer: ActionBatch,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => batches.get(caller, id),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/action-batches/{id}/cancel",
        operationId: "cancelActionBatch",
        summary: "Cancel all unfinished actions of a batch, or request their cancellation from the devices",
        group,
        access: { by: "member", role: "operator", scope: "act", appliesCustomerLimit: true },
        params,
        answer: ActionBatch,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) => batches.cancel({ caller, requestId }, id),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/action-requesters",
        operationId: "listActionRequesters",
        summary: "List the users and keys that requested actions",
        group,
        access,
        answer: ActionRequesters,
        status: 200,
      },
      ({ caller }) => batches.requesters(caller),
    ),
  ];
}
