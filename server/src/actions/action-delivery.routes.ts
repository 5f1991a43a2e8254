import {
  ActionClaim,
  ActionProgress,
  ActionResult,
  ActionStart,
  ActionClaimAnswer,
  DeviceRecord,
  SignedStatement,
} from "@muster/shared/contracts/action-delivery.ts";
import { Id } from "@muster/shared/ids.ts";
import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";
import { z } from "zod";
import type { Signatures } from "../identity/index.ts";
import type { DeviceCaller } from "../platform/http/caller.ts";
import { openEventStream } from "../platform/http/open-event-stream.ts";
import { type Route, route } from "../platform/http/route.ts";
import type { ActionDelivery } from "./action-delivery.service.ts";
import type { AgentStreams } from "./agent-streams.ts";
import { openStatement } from "./device-statement.ts";
import type { WaitingActions } from "./waiting-actions.ts";

const params = z.object({ id: Id });
const group = "Agents";
const access = { by: "device" } as const;
/** A result may hold a log of the agent. */
const MAX_RESULT_BYTES = 2_100_000;

export type DeliveryParts = {
  delivery: ActionDelivery;
  signatures: Signatures;
  streams: AgentStreams;
  waiting: WaitingActions;
};

/** What agents call to get their work and to report on it. */
export function createActionDeliveryRoutes(parts: DeliveryParts): Route[] {
  const { delivery, signatures } = parts;
  return [
    streamRoute(parts),
    route(
      {
        method: "get",
        path: AGENT_PATHS.actions,
        operationId: "listOwnActions",
        summary: "List the actions of this device, for its local user",
        group,
        access,
        answer: DeviceRecord,
        status: 200,
      },
      ({ caller }) => delivery.record(caller),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/agent/actions/claim",
        operationId: "claimActions",
        summary: "Claim pending actions, signed for this claim",
        group,
        access,
        body: SignedStatement,
        answer: ActionClaimAnswer,
        status: 200,
      },
      async ({ caller, body }) =>
        delivery.claim(caller, await openStatement(signatures, caller, body, ActionClaim)),
    ),
    statementRoute(signatures, ActionStart, delivery.start, {
      path: "/api/v1/agent/actions/{id}/start",
      operationId: "startAction",
      summary: "Request permission to start an action",
    }),
    statementRoute(signatures, ActionProgress, delivery.progress, {
      path: "/api/v1/agent/actions/{id}/progress",
      operationId: "reportActionProgress",
      summary: "Report the progress of an action",
    }),
    statementRoute(signatures, ActionResult, delivery.finish, {
      path: "/api/v1/agent/actions/{id}/result",
      operationId: "reportActionResult",
      summary: "Report the result of an action",
      maxBodyBytes: MAX_RESULT_BYTES,
    }),
  ];
}

function streamRoute({ streams, waiting }: DeliveryParts): Route {
  return route(
    {
      method: "get",
      path: "/api/v1/agent/stream",
      operationId: "streamNudges",
      summary: "Stream server-sent events: `nudge` means that actions are pending",
      group,
      access,
      answerType: "text/event-stream",
      status: 200,
    },
    async ({ caller, context }) => {
      const stream = openEventStream(context);
      streams.open(caller.deviceId, stream);
      if (waiting.of(caller.deviceId) > 0) streams.nudge([caller.deviceId]);
      return stream.response;
    },
  );
}

/** A route for what a device states about one of its actions. */
function statementRoute<Statement extends { deviceId: string; actionId: string }>(
  signatures: Signatures,
  schema: z.ZodType<Statement>,
  handle: (device: DeviceCaller, id: string, statement: Statement) => Promise<void>,
  definition: { path: string; operationId: string; summary: string; maxBodyBytes?: number },
): Route {
  return route(
    {
      ...definition,
      method: "post",
      group,
      access,
      params,
      body: SignedStatement,
      status: 204,
      errors: ["not-found", "conflict"],
    },
    async ({ caller, params: { id }, body }) =>
      handle(caller, id, await openStatement(signatures, caller, body, schema, id)),
  );
}
