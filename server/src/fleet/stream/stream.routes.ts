import { StreamQuery } from "@muster/shared/contracts/stream.ts";
import { openEventStream } from "../../platform/http/open-event-stream.ts";
import { type Route, route } from "../../platform/http/route.ts";
import type { FleetStream } from "./fleet-stream.ts";

export function createStreamRoutes({ stream }: { stream: FleetStream }): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/stream",
        operationId: "streamChanges",
        summary:
          "Stream changes of the fleet as server-sent events: devices, summary, actions, alarms, resync",
        group: "Devices",
        access: { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true },
        query: StreamQuery,
        answerType: "text/event-stream",
        status: 200,
      },
      async ({ caller, context, query }) => {
        const opened = openEventStream(context);
        stream.join(caller, opened, query.since);
        return opened.response;
      },
    ),
  ];
}
