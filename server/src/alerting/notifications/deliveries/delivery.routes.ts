import { Delivery, DeliveryListQuery, DeliveryPage } from "@muster/shared/contracts/delivery.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { actorOf } from "../../../identity/index.ts";
import { type Route, route } from "../../../platform/http/route.ts";
import type { DeliveryService } from "./delivery.service.ts";

const group = "Notifications";

/** The delivery log. */
export function createDeliveryRoutes(deliveries: DeliveryService): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/deliveries",
        operationId: "listDeliveries",
        summary: "Who was told of which alarm, with every answer, newest first",
        group,
        access: { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true },
        query: DeliveryListQuery,
        answer: DeliveryPage,
        status: 200,
        errors: ["bad-request"],
      },
      ({ caller, query }) => deliveries.list(caller, query),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/deliveries/{id}/replay",
        operationId: "replayDelivery",
        summary: "Send a message once more, under the same id",
        group,
        access: { by: "member", role: "admin", scope: "write" },
        params: z.object({ id: Id }),
        answer: Delivery,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) =>
        deliveries.replay(caller, id, { actor: actorOf(caller), requestId }),
    ),
  ];
}
