import {
  DeviceChange,
  DeviceDetail,
  DeviceFacetQuery,
  DeviceFacets,
  DeviceListQuery,
  DevicePage,
  FleetSummary,
} from "@muster/shared/contracts/device.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { actorOf } from "../../identity/index.ts";
import type { MemberCaller } from "../../platform/http/caller.ts";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import type { FleetSummaries } from "../summary/fleet-summary.service.ts";
import type { Devices } from "./device.service.ts";
import type { ChangedBy } from "./device-change.ts";

const READ = {
  by: "member",
  role: "viewer",
  scope: "read",
  appliesCustomerLimit: true,
} as const satisfies Access;
const WRITE = {
  by: "member",
  role: "operator",
  scope: "write",
  appliesCustomerLimit: true,
} as const satisfies Access;
const group = "Devices";
const params = z.object({ id: Id });

/** Lists devices and changes what users enter about them. */
export function createDeviceRoutes(deps: { devices: Devices; summaries: FleetSummaries }): Route[] {
  const { devices, summaries } = deps;
  return [
    route(
      {
        method: "get",
        path: "/api/v1/devices/summary",
        operationId: "getFleetSummary",
        summary: "Get the summary of the fleet, at most a second old",
        group,
        access: READ,
        answer: FleetSummary,
        status: 200,
      },
      ({ caller }) => summaries.of(caller),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/devices/facets",
        operationId: "countDeviceChoices",
        summary:
          "Choices of filters, each with the number of devices that it would give under the other filters",
        group,
        access: READ,
        query: DeviceFacetQuery,
        answer: DeviceFacets,
        status: 200,
        errors: ["bad-request"],
      },
      ({ caller, query, signal }) => devices.facets(caller, query, signal),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/devices",
        operationId: "listDevices",
        summary: "List devices, filtered and ordered",
        group,
        access: READ,
        query: DeviceListQuery,
        answer: DevicePage,
        status: 200,
        errors: ["bad-request"],
      },
      ({ caller, query, signal }) => devices.list(caller, query, signal),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/devices/{id}",
        operationId: "getDevice",
        summary: "Get a device with all details except its history",
        group,
        access: READ,
        params,
        answer: DeviceDetail,
        hasVersion: true,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => devices.get(caller, id),
    ),
    route(
      {
        method: "patch",
        path: "/api/v1/devices/{id}",
        operationId: "updateDevice",
        summary: "Change label, customer, tags, notes, class, maintenance or dependency of a device",
        group,
        access: WRITE,
        params,
        body: DeviceChange,
        answer: DeviceDetail,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, body, requestId, version }) =>
        devices.change(caller, id, body, { ...changedBy(caller, requestId), version }),
    ),
  ];
}

export function changedBy(caller: MemberCaller, requestId: string): ChangedBy {
  return { actor: actorOf(caller), requestId };
}
