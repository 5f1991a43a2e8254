import {
  NewNotificationPolicy,
  NotificationPolicies,
  NotificationPolicy,
  NotificationPolicyChange,
  PolicyOrder,
} from "@muster/shared/contracts/notification-policy.ts";
import {
  NotificationPreview,
  NotificationPreviewQuery,
} from "@muster/shared/contracts/notification-preview.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { actorOf } from "../../../identity/index.ts";
import { type Access, type Route, route } from "../../../platform/http/route.ts";
import type { PolicyService } from "./policy.service.ts";
import type { PreviewNotifications } from "./preview.service.ts";

// Policies are of the whole organization, so a caller with a customer limit has none.
const READ = { by: "member", role: "viewer", scope: "read" } as const satisfies Access;
const ADMINISTER = { by: "member", role: "admin", scope: "write" } as const satisfies Access;
const group = "Notifications";
const params = z.object({ id: Id });

/** Notification policies: who is told of which alarm. */
export function createPolicyRoutes(policies: PolicyService, preview: PreviewNotifications): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/notification-policies",
        operationId: "listNotificationPolicies",
        summary: "All notification policies in their order",
        group,
        access: READ,
        answer: NotificationPolicies,
        status: 200,
      },
      ({ caller }) => policies.list(caller.orgId),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/notification-policies",
        operationId: "createNotificationPolicy",
        summary: "Create a notification policy as the last one",
        group,
        access: ADMINISTER,
        body: NewNotificationPolicy,
        answer: NotificationPolicy,
        hasVersion: true,
        status: 201,
        errors: ["conflict"],
      },
      ({ caller, body, requestId }) =>
        policies.create(caller.orgId, body, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/notification-policies/preview",
        operationId: "previewNotifications",
        summary: "Who would be notified of an alarm, and when; nothing is sent",
        group,
        access: READ,
        body: NotificationPreviewQuery,
        answer: NotificationPreview,
        status: 200,
        errors: ["bad-request"],
      },
      ({ caller, body }) => preview(caller.orgId, body),
    ),
    route(
      {
        method: "put",
        path: "/api/v1/notification-policies/order",
        operationId: "orderNotificationPolicies",
        summary: "Order the notification policies",
        group,
        access: ADMINISTER,
        body: PolicyOrder,
        answer: NotificationPolicies,
        status: 200,
        errors: ["conflict"],
      },
      ({ caller, body, requestId }) =>
        policies.reorder(caller.orgId, body.ids, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "patch",
        path: "/api/v1/notification-policies/{id}",
        operationId: "updateNotificationPolicy",
        summary: "Change a notification policy",
        group,
        access: ADMINISTER,
        params,
        body: NotificationPolicyChange,
        answer: NotificationPolicy,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, body, version, requestId }) => {
        const by = { actor: actorOf(caller), requestId };
        return policies.change(caller.orgId, id, { change: body, version }, by);
      },
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/notification-policies/{id}",
        operationId: "deleteNotificationPolicy",
        summary: "Delete a notification policy",
        group,
        access: ADMINISTER,
        params,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) =>
        policies.remove(caller.orgId, id, { actor: actorOf(caller), requestId }),
    ),
  ];
}
