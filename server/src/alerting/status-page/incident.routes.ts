import {
  NewIncidentUpdate,
  NewStatusIncident,
  StatusIncident,
  StatusIncidents,
} from "@muster/shared/contracts/status-page.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { actorOf } from "../../identity/index.ts";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import type { IncidentService } from "./incident.service.ts";

const READ = { by: "member", role: "viewer", scope: "read" } as const satisfies Access;
const OPERATE = { by: "member", role: "operator", scope: "write" } as const satisfies Access;
const group = "Status page";
const params = z.object({ id: Id });

/** Incidents on the status page. */
export function createIncidentRoutes(incidents: IncidentService): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/status-incidents",
        operationId: "listStatusIncidents",
        summary: "The incidents on the status page",
        group,
        access: READ,
        answer: StatusIncidents,
        status: 200,
      },
      ({ caller }) => incidents.list(caller.orgId),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/status-incidents",
        operationId: "openStatusIncident",
        summary: "Publish an incident on the status page",
        group,
        access: OPERATE,
        body: NewStatusIncident,
        answer: StatusIncident,
        status: 201,
      },
      ({ caller, body, requestId }) =>
        incidents.open(caller.orgId, body, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/status-incidents/{id}/updates",
        operationId: "updateStatusIncident",
        summary: "Publish what has become of an incident",
        group,
        access: OPERATE,
        params,
        body: NewIncidentUpdate,
        answer: StatusIncident,
        status: 201,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, body, requestId }) =>
        incidents.update(caller.orgId, id, body, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/status-incidents/{id}",
        operationId: "deleteStatusIncident",
        summary: "Delete an incident from the status page",
        group,
        access: OPERATE,
        params,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) =>
        incidents.remove(caller.orgId, id, { actor: actorOf(caller), requestId }),
    ),
  ];
}
