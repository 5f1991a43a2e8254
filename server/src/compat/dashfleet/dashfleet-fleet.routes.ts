import type { PublicStatus } from "@muster/shared/contracts/status-page.ts";
import { z } from "zod";
import type { LegacyDevices } from "../../fleet/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { MusterError } from "../../platform/errors.ts";
import { acceptsEncoding } from "../../platform/http/accept-encoding.ts";
import type { LegacyKeyCaller } from "../../platform/http/caller.ts";
import { type Route, route } from "../../platform/http/route.ts";
import { API_HEADERS } from "../../platform/http/security-headers.ts";
import {
  DashfleetCount,
  DashfleetMachineStatus,
  DashfleetOk,
  DashfleetPong,
  DashfleetPurged,
} from "./dashfleet-answers.ts";
import { DashfleetFleet, statusOf } from "./dashfleet-entry.ts";
import { listAsJson, type MachinePages } from "./dashfleet-list.ts";
import { createPublicFleet } from "./dashfleet-public-fleet.ts";
import { DashfleetPing, DashfleetReport, toLegacyReport } from "./dashfleet-report.ts";
import { AGENT, bodyOf, dashfleet, OPERATOR } from "./dashfleet-route.ts";

const system = "dashfleet";
const MAX_REPORT_BYTES = 16_384;
const params = z.object({
  id: z
    .string()
    .max(200)
    .meta({ description: "Id of the machine: organization, colon, name.", examples: ["0193:web-103"] }),
});

type FleetRoutesDeps = {
  devices: LegacyDevices;
  readPublicStatuses: () => Promise<PublicStatus[]>;
  clock: Clock;
};

export function createDashfleetFleetRoutes(deps: FleetRoutesDeps): Route[] {
  return [...createAgentRoutes(deps), ...createListRoutes(deps), ...createMachineRoutes(deps)];
}

function createAgentRoutes({ devices, clock }: FleetRoutesDeps): Route[] {
  return [
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/fleet/report",
        operationId: "dashfleetSendReport",
        summary: "Report the metrics of a machine with DashFleet's agent",
        access: AGENT,
        ...bodyOf(DashfleetReport),
        maxBodyBytes: MAX_REPORT_BYTES,
        answer: DashfleetOk,
        status: 200,
        errors: ["conflict", "unavailable"],
      },
      async ({ caller, requestId, body: { machine_id: machineId, report } }) => {
        await devices.report({ caller, requestId }, { system, machineId }, toLegacyReport(report));
        return { ok: true as const };
      },
    ),
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/fleet/ping",
        operationId: "dashfleetPing",
        summary: "Send a keepalive of DashFleet's agent",
        access: AGENT,
        ...bodyOf(DashfleetPing),
        answer: DashfleetPong,
        status: 200,
        errors: ["conflict", "unavailable"],
      },
      async ({ caller, requestId, body: { machine_id: machineId, timestamp: sentAt } }) => {
        await devices.ping({ caller, requestId }, { system, machineId });
        const timestamp = clock.now() / 1000;
        return { ok: true as const, timestamp, server_time_offset: timestamp - (sentAt ?? timestamp) };
      },
    ),
  ];
}

function createListRoutes(deps: FleetRoutesDeps): Route[] {
  const { devices, clock } = deps;
  const readPublicFleet = createPublicFleet(deps);
  return [
    route(
      {
        ...dashfleet,
        method: "get",
        path: "/api/fleet",
        operationId: "dashfleetListMachines",
        summary: "List machines with DashFleet's agent, including archived ones",
        access: OPERATOR,
        answer: DashfleetFleet,
        status: 200,
      },
      async (request) => {
        const { orgId } = request.caller;
        const json = toStream(listAsJson(pagesOf(devices, orgId), clock.now(), (entry) => entry));
        const isGzipped = acceptsEncoding(request.header("accept-encoding"), "gzip");
        const body = isGzipped ? json.pipeThrough(new CompressionStream("gzip")) : json;
        return request.context.body(body, 200, listHeaders(isGzipped));
      },
    ),
    route(
      {
        ...dashfleet,
        method: "get",
        path: "/api/fleet/public",
        operationId: "dashfleetListPublicMachines",
        summary: "List the components of public status pages as machines, without credentials",
        access: { by: "public" },
        answer: DashfleetFleet,
        status: 200,
      },
      async (request) => {
        const { plain, gzipped } = await readPublicFleet();
        const isGzipped = acceptsEncoding(request.header("accept-encoding"), "gzip");
        return request.context.body(isGzipped ? gzipped : plain, 200, listHeaders(isGzipped));
      },
    ),
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/fleet/reload",
        operationId: "dashfleetReload",
        summary: "Count the machines of the organization; kept for compatibility",
        access: OPERATOR,
        answer: DashfleetCount,
        status: 200,
      },
      async ({ caller: { orgId } }) => ({ ok: true as const, count: await devices.count(orgId, system) }),
    ),
  ];
}

async function* pagesOf(devices: LegacyDevices, orgId: string): MachinePages {
  for await (const page of devices.pages(orgId, system)) yield { orgId, devices: page };
}

/** Reads the next page only when the client has taken the last one. An error cuts the connection, so that no list looks complete. */
function toStream(json: AsyncGenerator<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await json.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await json.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function listHeaders(isGzipped: boolean): Record<string, string> {
  return {
    ...API_HEADERS,
    "content-type": "application/json",
    vary: "accept-encoding",
    ...(isGzipped && { "content-encoding": "gzip" }),
  };
}

function createMachineRoutes({ devices }: FleetRoutesDeps): Route[] {
  return [
    route(
      {
        ...dashfleet,
        method: "delete",
        path: "/api/fleet/{id}",
        operationId: "dashfleetArchiveMachine",
        summary: "Archive a machine until it reports again",
        access: OPERATOR,
        params,
        answer: DashfleetMachineStatus,
        status: 200,
      },
      async ({ caller, requestId, params: { id } }) => {
        await devices.archive({ caller, requestId }, machineOf(caller, id));
        return { ok: true as const, status: "DELETED" as const };
      },
    ),
    route(
      {
        ...dashfleet,
        method: "post",
        path: "/api/fleet/{id}/restore",
        operationId: "dashfleetRestoreMachine",
        summary: "Restore a deleted machine",
        access: OPERATOR,
        params,
        answer: DashfleetMachineStatus,
        status: 200,
      },
      async ({ caller, requestId, params: { id } }) => {
        const summary = await devices.restore({ caller, requestId }, machineOf(caller, id));
        return { ok: true as const, status: statusOf(summary) };
      },
    ),
    route(
      {
        ...dashfleet,
        method: "delete",
        path: "/api/fleet/{id}/purge",
        operationId: "dashfleetPurgeMachine",
        summary: "Remove a machine with all its history",
        access: OPERATOR,
        params,
        answer: DashfleetPurged,
        status: 200,
      },
      async ({ caller, requestId, params: { id } }) => {
        await devices.purge({ caller, requestId }, machineOf(caller, id));
        return { ok: true as const, purged: true as const };
      },
    ),
  ];
}

/** DashFleet's id of a machine is "organization:machine". Throws `not-found` for another organization. */
function machineOf({ orgId }: LegacyKeyCaller, id: string) {
  if (!id.startsWith(`${orgId}:`)) throw new MusterError("not-found", "There is no such machine.");
  return { system, machineId: id.slice(orgId.length + 1) } as const;
}
