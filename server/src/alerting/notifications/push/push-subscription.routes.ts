import { ChannelTest } from "@muster/shared/contracts/channel.ts";
import {
  NewPushSubscription,
  PushSubscription,
  PushSubscriptions,
} from "@muster/shared/contracts/push-subscription.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { actorOf } from "../../../identity/index.ts";
import { type Access, type Route, route } from "../../../platform/http/route.ts";
import type { PushSubscriptionService } from "./push-subscription.service.ts";

const OWN = { by: "session", role: "viewer", appliesCustomerLimit: true } as const satisfies Access;
const group = "Notifications";
const params = z.object({ id: Id });

/** In which browsers the signed-in user gets push notifications. */
export function createPushSubscriptionRoutes(subscriptions: PushSubscriptionService): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/push-subscriptions",
        operationId: "listPushSubscriptions",
        summary: "List the browsers in which the signed-in user gets push notifications",
        group,
        access: OWN,
        answer: PushSubscriptions,
        status: 200,
      },
      ({ caller }) => subscriptions.list(caller),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/push-subscriptions",
        operationId: "createPushSubscription",
        summary: "Get push notifications in a browser",
        group,
        access: OWN,
        body: NewPushSubscription,
        answer: PushSubscription,
        status: 201,
        errors: ["conflict"],
      },
      ({ caller, body, requestId }) =>
        subscriptions.create(caller, body, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/push-subscriptions/{id}",
        operationId: "deletePushSubscription",
        summary: "Get no push notifications in a browser any more",
        group,
        access: OWN,
        params,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) =>
        subscriptions.remove(caller, id, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/push-subscriptions/{id}/test",
        operationId: "testPushSubscription",
        summary: "Send a test message to a browser, and get what happened",
        group,
        access: OWN,
        params,
        answer: ChannelTest,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => subscriptions.test(caller, id),
    ),
  ];
}
