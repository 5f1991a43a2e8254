import {
  DefaultView,
  NewView,
  SavedView,
  SavedViews,
  ViewChange,
} from "@muster/shared/contracts/saved-view.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import { changedBy } from "../devices/device.routes.ts";
import type { Views } from "./view.service.ts";

// Views belong to users: an API key has none. The service decides who may share and change which.
const MEMBER = { by: "session", role: "viewer", appliesCustomerLimit: true } as const satisfies Access;
const group = "Views";
const params = z.object({ id: Id });

/** Saved views of the fleet page. */
export function createViewRoutes({ views }: { views: Views }): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/views",
        operationId: "listViews",
        summary: "Your views and those that members share, in the order of their names",
        group,
        access: MEMBER,
        answer: SavedViews,
        status: 200,
      },
      ({ caller }) => views.list(caller),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/views",
        operationId: "createView",
        summary: "Save a view; sharing it needs the operator's role",
        group,
        access: MEMBER,
        body: NewView,
        answer: SavedView,
        hasVersion: true,
        status: 201,
        errors: ["conflict"],
      },
      ({ caller, body, requestId }) => views.create(caller, body, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "patch",
        path: "/api/v1/views/{id}",
        operationId: "updateView",
        summary: "Change a view",
        group,
        access: MEMBER,
        params,
        body: ViewChange,
        answer: SavedView,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      (request) => {
        const { caller, body, requestId, params: given, version } = request;
        return views.change(caller, given.id, { change: body, version }, changedBy(caller, requestId));
      },
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/views/{id}",
        operationId: "deleteView",
        summary: "Delete a view",
        group,
        access: MEMBER,
        params,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) => views.remove(caller, id, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "put",
        path: "/api/v1/default-view",
        operationId: "setDefaultView",
        summary: "Choose the view that you begin with",
        group,
        access: MEMBER,
        body: DefaultView,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, body }) => views.setDefault(caller, body.viewId),
    ),
  ];
}
