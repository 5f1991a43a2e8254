import { DeviceEdit, NewDeviceEdit } from "@muster/shared/contracts/device-edit.ts";
import { DeviceFilter } from "@muster/shared/contracts/device.ts";
import { DeviceCount } from "@muster/shared/contracts/device-match.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import { changedBy } from "../devices/device.routes.ts";
import type { MatchDevices } from "../devices/resolve-devices.ts";
import type { DeviceEdits } from "./device-edit.service.ts";

const OPERATE = {
  by: "member",
  role: "operator",
  scope: "write",
  appliesCustomerLimit: true,
} as const satisfies Access;
const group = "Devices";
const params = z.object({ id: Id });
/** Room for 5,000 ids beside the change. */
const MAX_REQUEST_BYTES = 300_000;

/** Counts the devices of a filter, and edits many devices at once. */
export function createDeviceEditRoutes({
  edits,
  match,
}: {
  edits: DeviceEdits;
  match: MatchDevices;
}): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/devices/count",
        operationId: "countDevices",
        summary: "How many devices a filter matches",
        group,
        access: { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true },
        query: DeviceFilter,
        answer: DeviceCount,
        status: 200,
      },
      async ({ caller, query, signal }) => ({ count: (await match(caller, query, 0, signal)).count }),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/device-edits",
        operationId: "editDevices",
        summary: "Change tags, customer, class or maintenance of many devices, archive or restore them",
        group,
        access: OPERATE,
        body: NewDeviceEdit,
        maxBodyBytes: MAX_REQUEST_BYTES,
        answer: DeviceEdit,
        status: 201,
        errors: ["not-found", "conflict"],
      },
      ({ caller, body, requestId, signal }) =>
        edits.start(caller, body, changedBy(caller, requestId), signal),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/device-edits/{id}",
        operationId: "getDeviceEdit",
        summary: "Get the progress of an edit of many devices; its requester can for 24 hours",
        group,
        access: OPERATE,
        params,
        answer: DeviceEdit,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) => edits.get(caller, id, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/device-edits/{id}/undo",
        operationId: "undoDeviceEdit",
        summary: "Undo an edit within 15 minutes, except where a device was changed since",
        group,
        access: OPERATE,
        params,
        answer: DeviceEdit,
        status: 201,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) => edits.undo(caller, id, changedBy(caller, requestId)),
    ),
  ];
}
