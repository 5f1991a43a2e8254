import { AgentOffer, ArtefactBuildRequest, ArtefactList } from "@muster/shared/contracts/artefact.ts";
import { actorOf } from "../../identity/index.ts";
import { type Route, route } from "../../platform/http/route.ts";
import type { Artefacts } from "./artefacts.service.ts";
import type { RequestBuild } from "./request-build.service.ts";

const group = "Installation";

export function createArtefactRoutes({
  artefacts,
  requestBuild,
}: {
  artefacts: Artefacts;
  requestBuild: RequestBuild;
}): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/artefacts",
        operationId: "listArtefacts",
        summary: "List the agents and tray packages that this server offers",
        group,
        access: { by: "member", role: "viewer", scope: "read" },
        answer: ArtefactList,
        status: 200,
      },
      () => artefacts.list(),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/artefacts/builds",
        operationId: "requestArtefactBuild",
        summary: "Build the agent for a system; requires a server administrator",
        group,
        access: { by: "session", role: "viewer" },
        body: ArtefactBuildRequest,
        answer: AgentOffer,
        status: 201,
        errors: ["conflict"],
      },
      ({ caller, body, requestId }) =>
        requestBuild(body.system, {
          orgId: caller.orgId,
          userId: caller.userId,
          actor: actorOf(caller),
          requestId,
        }),
    ),
  ];
}
