import {
  AvailabilityQuery,
  DeviceAvailability,
  FleetAvailability,
  FleetAvailabilityQuery,
} from "@muster/shared/contracts/availability.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { tenantOf } from "../../platform/tenant.ts";
import { rangeOf } from "./availability-range.ts";
import { deviceAvailabilityRead } from "./device-availability.ts";
import { fleetAvailabilityRead } from "./fleet-availability.ts";

const READ = {
  by: "member",
  role: "viewer",
  scope: "read",
  appliesCustomerLimit: true,
} as const satisfies Access;
const group = "Devices";

/** Availability is read on read threads: that of ten thousand devices is much to add up. */
export function createAvailabilityRoutes({ reads, clock }: { reads: Reads; clock: Clock }): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/devices/{id}/availability",
        operationId: "getDeviceAvailability",
        summary: "How much of the time a device was up, day by day, and its outages",
        group,
        access: READ,
        params: z.object({ id: Id }),
        query: AvailabilityQuery,
        answer: DeviceAvailability,
        status: 200,
        errors: ["bad-request", "not-found"],
      },
      ({ caller, params, query, signal }) => {
        const now = clock.now();
        const input = { tenant: tenantOf(caller), deviceId: params.id, range: rangeOf(query, now), now };
        return reads.run(deviceAvailabilityRead, input, { orgId: caller.orgId, signal });
      },
    ),
    route(
      {
        method: "get",
        path: "/api/v1/availability",
        operationId: "getAvailability",
        summary: "How much of the time the devices of a filter were up, added up day by day",
        group,
        access: READ,
        query: FleetAvailabilityQuery,
        answer: FleetAvailability,
        status: 200,
        errors: ["bad-request"],
      },
      ({ caller, query, signal }) => {
        const now = clock.now();
        const input = { tenant: tenantOf(caller), filter: query, range: rangeOf(query, now), now };
        return reads.run(fleetAvailabilityRead, input, { orgId: caller.orgId, signal });
      },
    ),
  ];
}
