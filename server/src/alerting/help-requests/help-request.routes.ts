import {
  DeviceSupport,
  HelpReceipts,
  HelpRequestClosing,
  HelpThread,
  NewDeviceHelpMessage,
  NewHelpAnswer,
  NewHelpRequest,
} from "@muster/shared/contracts/device-support.ts";
import { Id } from "@muster/shared/ids.ts";
import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";
import { z } from "zod";
import { actorOf } from "../../identity/index.ts";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import { tenantOf } from "../../platform/tenant.ts";
import type { ReadDeviceSupport } from "./device-support.ts";
import type { HelpRequests } from "./help-requests.service.ts";
import type { HelpThreads } from "./help-thread.service.ts";

const access = { by: "device" } as const satisfies Access;
const params = z.object({ id: Id });
const threadParams = z.object({ alarmId: Id.describe("Id of the alarm of the help request.") });

type Parts = { read: ReadDeviceSupport; requests: HelpRequests; threads: HelpThreads };

/** Help requests: for the agents whose users ask, and for the members who answer. */
export function createHelpRequestRoutes({ read, requests, threads }: Parts): Route[] {
  return [supportRoute(read), ...createDeviceRoutes(requests), ...createMemberRoutes(threads)];
}

function supportRoute(read: ReadDeviceSupport): Route {
  return route(
    {
      method: "get",
      path: AGENT_PATHS.support,
      operationId: "getDeviceSupport",
      summary: "Get whom to ask for help, the open alarms of this device and its help requests",
      group: "Agents",
      access,
      answer: DeviceSupport,
      isConditional: true,
      status: 200,
    },
    async (request) => {
      const support = await read(request.caller);
      const etag = `"${support.version}"`;
      const isKnown = request.header("if-none-match") === etag;
      return isKnown ? new Response(null, { status: 304, headers: { etag } }) : support;
    },
  );
}

function createDeviceRoutes(requests: HelpRequests): Route[] {
  const group = "Agents";
  const errors = ["not-found", "conflict"] as const;
  return [
    route(
      {
        method: "post",
        path: AGENT_PATHS.helpRequests,
        operationId: "askForHelp",
        summary: "Ask IT for help in the name of a local user",
        group,
        access,
        body: NewHelpRequest,
        status: 204,
        errors: ["conflict"],
      },
      ({ caller, body, requestId }) => requests.ask(caller, body, requestId),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/agent/help-requests/{id}/messages",
        operationId: "replyToHelp",
        summary: "Add a message of the local user to a help request",
        group,
        access,
        params,
        body: NewDeviceHelpMessage,
        status: 204,
        errors,
      },
      ({ caller, params: { id }, body }) => requests.reply(caller, id, body),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/agent/help-requests/{id}/close",
        operationId: "closeHelpRequest",
        summary: "Close a help request in the name of the local user",
        group,
        access,
        params,
        body: HelpRequestClosing,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => requests.close(caller, id),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/agent/help-requests/{id}/receipts",
        operationId: "reportHelpReceipts",
        summary: "Report which answers arrived and were read",
        group,
        access,
        params,
        body: HelpReceipts,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, body }) => requests.note(caller, id, body),
    ),
  ];
}

function createMemberRoutes(threads: HelpThreads): Route[] {
  const group = "Alarms";
  return [
    route(
      {
        method: "get",
        path: "/api/v1/help-requests/{alarmId}",
        operationId: "getHelpRequest",
        summary: "Get the help request of an alarm with its thread",
        group,
        access: { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true },
        params: threadParams,
        answer: HelpThread,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { alarmId } }) => threads.get(tenantOf(caller), alarmId),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/help-requests/{alarmId}/messages",
        operationId: "answerHelpRequest",
        summary: "Answer a help request",
        group,
        access: { by: "member", role: "operator", scope: "write", appliesCustomerLimit: true },
        params: threadParams,
        body: NewHelpAnswer,
        answer: HelpThread,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { alarmId }, body, requestId }) =>
        threads.answer(tenantOf(caller), alarmId, body, { actor: actorOf(caller), requestId }),
    ),
  ];
}
