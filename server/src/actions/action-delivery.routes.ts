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
import { openEventStream } from "../platform/http/open-event-stream.ts";
import { type Route, route } from "../platform/http/route.ts";
import type { ActionDelivery } from "./action-delivery.service.ts";
import type { AgentStreams } from "./agent-streams.ts";
import { openStatement } from "./device-statement.ts";
import type { WaitingActions } from "./waiting-actions.ts";

const params = z.object({ id: Id });
const group = "Agents";
const access = { by: "device" } as const;

export type DeliveryParts = {
  delivery: ActionDelivery;
  signatures: Signatures;
  streams: AgentStreams;
  waiting: WaitingActions;
};

/** What agents call to get their work and to tell of it. */
export function createActionDeliveryRoutes({
  delivery,
  signatures,
  streams,
  waiting,
}: DeliveryParts): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/agent/stream",
        summary: "Server-sent events `nudge`: there is work, claim it",
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
    ),
    route(
      {
        method: "get",
        path: AGENT_PATHS.actions,
        summary: "What was asked of this device, for the person at it",
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
        summary: "Take waiting actions, signed for this claim",
        group,
        access,
        body: SignedStatement,
        answer: ActionClaimAnswer,
        status: 200,
      },
      async ({ caller, body }) =>
        delivery.claim(caller, await openStatement(signatures, caller, body, ActionClaim)),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/agent/actions/{id}/start",
        summary: "Ask whether to act now",
        group,
        access,
        params,
        body: SignedStatement,
        status: 204,
        errors: ["not-found", "conflict"],
      },
      async ({ caller, params: { id }, body }) =>
        delivery.start(caller, id, await openStatement(signatures, caller, body, ActionStart, id)),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/agent/actions/{id}/progress",
        summary: "Tell how far an action is",
        group,
        access,
        params,
        body: SignedStatement,
        status: 204,
        errors: ["not-found", "conflict"],
      },
      async ({ caller, params: { id }, body }) =>
        delivery.progress(caller, id, await openStatement(signatures, caller, body, ActionProgress, id)),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/agent/actions/{id}/result",
        summary: "Tell how an action ended",
        group,
        access,
        params,
        body: SignedStatement,
        status: 204,
        errors: ["not-found", "conflict"],
        maxBodyBytes: 2_100_000,
      },
      async ({ caller, params: { id }, body }) =>
        delivery.finish(caller, id, await openStatement(signatures, caller, body, ActionResult, id)),
    ),
  ];
}
