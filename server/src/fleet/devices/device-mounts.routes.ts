import { DeviceDetail, MountChange } from "@muster/shared/contracts/device.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import { changedBy } from "./device.routes.ts";
import type { DeviceMounts } from "./device-mounts.service.ts";

const WRITE = {
  by: "member",
  role: "operator",
  scope: "write",
  appliesCustomerLimit: true,
} as const satisfies Access;

/** Excludes file systems of a device from monitoring, and includes them again. */
export function createDeviceMountRoutes({ mounts }: { mounts: DeviceMounts }): Route[] {
  const change = (verb: "exclude" | "include", summary: string) =>
    route(
      {
        method: "post",
        path: `/api/v1/devices/{id}/${verb}-mount`,
        operationId: `${verb}Mount`,
        summary,
        group: "Devices",
        access: WRITE,
        params: z.object({ id: Id }),
        body: MountChange,
        answer: DeviceDetail,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, body: { mount }, requestId, version }) =>
        mounts[verb](caller, id, mount, { ...changedBy(caller, requestId), version }),
    );
  return [
    change("exclude", "Exclude a file system of a device from monitoring"),
    change("include", "Include an excluded file system of a device in monitoring again"),
  ];
}
