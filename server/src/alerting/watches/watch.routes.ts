import { NewWatch, Watch, Watches } from "@muster/shared/contracts/watch.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import { tenantOf } from "../../platform/tenant.ts";
import type { WatchService } from "./watch.service.ts";

const OWN = { by: "session", role: "viewer", appliesCustomerLimit: true } as const satisfies Access;
const group = "Watches";

/** What the signed-in user is told of once. */
export function createWatchRoutes(watches: WatchService): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/watches",
        operationId: "listWatches",
        summary: "List what the signed-in user is told of once",
        group,
        access: OWN,
        answer: Watches,
        status: 200,
      },
      ({ caller }) => watches.list(tenantOf(caller), caller.userId),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/watches",
        operationId: "createWatch",
        summary: "Watch a device, an alarm or an action until it changes once",
        group,
        access: OWN,
        body: NewWatch,
        answer: Watch,
        status: 201,
        errors: ["not-found", "conflict"],
      },
      ({ caller, body }) => watches.create(tenantOf(caller), caller.userId, body),
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/watches/{id}",
        operationId: "deleteWatch",
        summary: "Watch something no more",
        group,
        access: OWN,
        params: z.object({ id: Id }),
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params }) => watches.remove(tenantOf(caller), caller.userId, params.id),
    ),
  ];
}
