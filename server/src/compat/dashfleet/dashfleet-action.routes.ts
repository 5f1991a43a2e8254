import { z } from "zod";
import type { LegacyDelivery } from "../../actions/index.ts";
import type { LegacyDevices } from "../../fleet/index.ts";
import { MusterError } from "../../platform/errors.ts";
import { type Route, route } from "../../platform/http/route.ts";
import { DashfleetOk, DashfleetQueued } from "./dashfleet-answers.ts";
import {
  DashfleetOrders,
  DashfleetRequest,
  DashfleetResult,
  fromDashfleet,
  toDashfleet,
} from "./dashfleet-orders.ts";
import { AGENT, bodyOf, dashfleet, OPERATOR } from "./dashfleet-route.ts";
import { machineId } from "./marshmallow.ts";

const system = "dashfleet";

export function createDashfleetActionRoutes(deps: {
  devices: LegacyDevices;
  delivery: LegacyDelivery;
}): Route[] {
  const { devices, delivery } = deps;

  return [
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/actions/queue",
        operationId: "dashfleetQueueAction",
        summary: "Queue a message, a restart of the agent or a reboot for one machine",
        access: OPERATOR,
        ...bodyOf(DashfleetRequest),
        answer: DashfleetQueued,
        status: 201,
        errors: ["not-found", "conflict"],
      },
      async ({ caller, requestId, body }) => {
        const order = fromDashfleet(body);
        const deviceId = await devices.find(caller, { system, machineId: body.machine_id });
        const legacyId = await delivery.queue({ caller, requestId }, deviceId, order);
        return { ok: true as const, action_id: legacyId };
      },
    ),
    route(
      {
        ...dashfleet,
        method: "get",
        path: "/api/actions/pending",
        operationId: "dashfleetTakeActions",
        summary: "Take the pending actions of a machine; each is returned once",
        access: AGENT,
        changesState: true,
        query: z.object({
          machine_id: machineId().meta({ description: "Name of the machine.", examples: ["web-103"] }),
        }),
        answer: DashfleetOrders,
        status: 200,
        errors: ["not-found"],
      },
      async ({ caller, query }) => {
        const deviceId = await devices.find(caller, { system, machineId: query.machine_id });
        const taken = await delivery.take(caller, deviceId, toDashfleet);
        return { actions: taken.map(({ legacyId, order }) => ({ action_id: legacyId, ...order })) };
      },
    ),
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/actions/report",
        operationId: "dashfleetReportAction",
        summary: "Report the result of an action; an unknown action gets the same answer, as in DashFleet",
        access: AGENT,
        ...bodyOf(DashfleetResult),
        answer: DashfleetOk,
        status: 200,
        errors: ["conflict"],
      },
      async ({ caller, body }) => {
        const { action_id: legacyId, status: outcome, result: says, machine_id: machineIdSent = null } = body;
        try {
          await delivery.finish(caller, { legacyId, machineId: machineIdSent, end: { outcome, says } });
        } catch (error) {
          if (!(error instanceof MusterError && error.code === "not-found")) throw error;
        }
        return { ok: true as const };
      },
    ),
  ];
}
