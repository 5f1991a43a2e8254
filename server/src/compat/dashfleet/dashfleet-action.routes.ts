import { z } from "zod";
import type { OlderDelivery } from "../../actions/index.ts";
import type { OlderDevices } from "../../fleet/index.ts";
import { type Route, route } from "../../platform/http/route.ts";
import { DashfleetOrder, DashfleetRequest, fromDashfleet, toDashfleet } from "./dashfleet-orders.ts";
import { AGENT, bodyOf, dashfleet, OPERATOR } from "./dashfleet-route.ts";
import { fields, machineId, oneOf, string } from "./marshmallow.ts";

const system = "dashfleet";

/** What the agent says of the end. `machine_id` is ours: where it is sent, it has to be the action's. */
const DashfleetResult = fields({
  action_id: string(300).min(1, "Shorter than minimum length 1."),
  status: oneOf(["done", "error"]),
  result: string(2000).default(""),
  machine_id: machineId().optional(),
});

export function createDashfleetActionRoutes(deps: {
  devices: OlderDevices;
  delivery: OlderDelivery;
}): Route[] {
  const { devices, delivery } = deps;

  return [
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/actions/queue",
        summary: "Queue a message, a restart of the agent or a reboot for one machine",
        access: OPERATOR,
        ...bodyOf(DashfleetRequest),
        answer: z.object({ ok: z.literal(true), action_id: z.string() }),
        status: 201,
        errors: ["not-found", "conflict"],
      },
      async ({ caller, requestId, body }) => {
        const order = fromDashfleet(body);
        const deviceId = await devices.find(caller, { system, machineId: body.machine_id });
        const olderId = await delivery.queue({ caller, requestId }, deviceId, order);
        return { ok: true as const, action_id: olderId };
      },
    ),
    route(
      {
        ...dashfleet,
        method: "get",
        path: "/api/actions/pending",
        summary: "What waits for a machine; each action is handed out once",
        access: AGENT,
        changesState: true,
        query: z.object({ machine_id: machineId() }),
        answer: z.object({ actions: z.array(DashfleetOrder.extend({ action_id: z.string() })) }),
        status: 200,
        errors: ["not-found"],
      },
      async ({ caller, query }) => {
        const deviceId = await devices.find(caller, { system, machineId: query.machine_id });
        const taken = await delivery.take(caller, deviceId, toDashfleet);
        return { actions: taken.map(({ olderId, words }) => ({ action_id: olderId, ...words })) };
      },
    ),
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/actions/report",
        summary: "Tell how an action ended",
        access: AGENT,
        ...bodyOf(DashfleetResult),
        answer: z.object({ ok: z.literal(true) }),
        status: 200,
        errors: ["not-found", "conflict"],
      },
      async ({ caller, body }) => {
        const { action_id: olderId, status: outcome, result: says, machine_id: said = null } = body;
        await delivery.finish(caller, { olderId, machineId: said, end: { outcome, says } });
        return { ok: true as const };
      },
    ),
  ];
}
