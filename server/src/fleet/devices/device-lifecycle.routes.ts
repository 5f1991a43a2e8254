import { CloneDecision, DeviceDetail } from "@muster/shared/contracts/device.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import { changedBy } from "./device.routes.ts";
import type { DeviceLifecycle } from "./device-lifecycle.service.ts";

const OPERATE = {
  by: "member",
  role: "operator",
  scope: "write",
  appliesCustomerLimit: true,
} as const satisfies Access;
const ADMINISTER = {
  by: "member",
  role: "admin",
  scope: "write",
  appliesCustomerLimit: true,
} as const satisfies Access;
const group = "Devices";
const params = z.object({ id: Id });

/** Archives, restores, approves and purges devices, and decides about clones. */
export function createDeviceLifecycleRoutes({ lifecycle }: { lifecycle: DeviceLifecycle }): Route[] {
  const simple = (verb: "archive" | "restore" | "approve", summary: string) =>
    route(
      {
        method: "post",
        path: `/api/v1/devices/{id}/${verb}`,
        operationId: `${verb}Device`,
        summary,
        group,
        access: OPERATE,
        params,
        answer: DeviceDetail,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) => lifecycle[verb](caller, id, changedBy(caller, requestId)),
    );
  return [
    simple("archive", "Archive a device; its reports are then rejected"),
    simple("restore", "Restore an archived device"),
    simple("approve", "Approve a device whose enrolment token requires it"),
    route(
      {
        method: "post",
        path: "/api/v1/devices/{id}/clone-decision",
        operationId: "decideClone",
        summary: "Decide which machine keeps a credential that two machines use",
        group,
        access: ADMINISTER,
        params,
        body: CloneDecision,
        answer: DeviceDetail,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, body, requestId }) =>
        lifecycle.decideClone(caller, id, body, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/devices/{id}",
        operationId: "purgeDevice",
        summary: "Delete an archived device and its history permanently",
        group,
        access: ADMINISTER,
        params,
        status: 204,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) => lifecycle.purge(caller, id, changedBy(caller, requestId)),
    ),
  ];
}
