import {
  MaintenanceCalendar,
  MaintenanceCalendarQuery,
  MaintenancePreview,
  MaintenancePreviewQuery,
  MaintenanceWindow,
  MaintenanceWindowChange,
  MaintenanceWindows,
  MaintenanceWindowsQuery,
  NewMaintenanceWindow,
} from "@muster/shared/contracts/maintenance-window.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import { changedBy } from "../devices/device.routes.ts";
import type { MaintenanceWindowService } from "./maintenance-window.service.ts";

const READ = {
  by: "member",
  role: "viewer",
  scope: "read",
  appliesCustomerLimit: true,
} as const satisfies Access;
const ADMINISTER = { by: "member", role: "admin", scope: "write" } as const satisfies Access;
const group = "Maintenance windows";
const params = z.object({ id: Id });

/** Times in which devices are in maintenance. */
export function createMaintenanceWindowRoutes({ windows }: { windows: MaintenanceWindowService }): Route[] {
  return [...createReadRoutes(windows), ...createChangeRoutes(windows)];
}

function createReadRoutes(windows: MaintenanceWindowService): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/maintenance-windows",
        operationId: "listMaintenanceWindows",
        summary: "List maintenance windows by name, with the time at which each opens next",
        group,
        access: READ,
        query: MaintenanceWindowsQuery,
        answer: MaintenanceWindows,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, query }) => windows.list(caller, query),
    ),
    // Before the route with an id, so that `calendar` is not taken for one.
    route(
      {
        method: "get",
        path: "/api/v1/maintenance-windows/calendar",
        operationId: "getMaintenanceCalendar",
        summary: "List the times at which maintenance windows are open",
        group,
        access: READ,
        query: MaintenanceCalendarQuery,
        answer: MaintenanceCalendar,
        status: 200,
        errors: ["bad-request"],
      },
      ({ caller, query }) => windows.calendar(caller, query),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/maintenance-windows/preview",
        operationId: "previewMaintenanceWindow",
        summary: "List the next times of a schedule without storing it",
        group,
        access: READ,
        body: MaintenancePreviewQuery,
        answer: MaintenancePreview,
        status: 200,
      },
      async ({ body }) => windows.preview(body.schedule),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/maintenance-windows/{id}",
        operationId: "getMaintenanceWindow",
        summary: "Get a maintenance window",
        group,
        access: READ,
        params,
        answer: MaintenanceWindow,
        hasVersion: true,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => windows.get(caller, id),
    ),
  ];
}

function createChangeRoutes(windows: MaintenanceWindowService): Route[] {
  return [
    route(
      {
        method: "post",
        path: "/api/v1/maintenance-windows",
        operationId: "createMaintenanceWindow",
        summary: "Create a maintenance window, or start maintenance now",
        group,
        access: ADMINISTER,
        body: NewMaintenanceWindow,
        answer: MaintenanceWindow,
        hasVersion: true,
        status: 201,
        errors: ["bad-request", "conflict"],
      },
      ({ caller, body, requestId }) => windows.create(caller.orgId, body, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "patch",
        path: "/api/v1/maintenance-windows/{id}",
        operationId: "updateMaintenanceWindow",
        summary: "Change a maintenance window",
        group,
        access: ADMINISTER,
        params,
        body: MaintenanceWindowChange,
        answer: MaintenanceWindow,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["bad-request", "not-found"],
      },
      ({ caller, body, params: { id }, requestId, version }) =>
        windows.change(caller.orgId, id, { change: body, version }, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/maintenance-windows/{id}/end",
        operationId: "endMaintenanceWindow",
        summary: "End the open time of a maintenance window early",
        group,
        access: ADMINISTER,
        params,
        answer: MaintenanceWindow,
        hasVersion: true,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) => windows.end(caller.orgId, id, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/maintenance-windows/{id}",
        operationId: "deleteMaintenanceWindow",
        summary: "Delete a maintenance window; devices that it keeps in maintenance leave it",
        group,
        access: ADMINISTER,
        params,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) =>
        windows.remove(caller.orgId, id, changedBy(caller, requestId)),
    ),
  ];
}
