import { History, HistoryQuery, SparklineQuery, Sparklines } from "@muster/shared/contracts/history.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import { MusterError } from "../../platform/errors.ts";
import { type Route, route } from "../../platform/http/route.ts";
import type { HistoryDevice, HistoryService } from "./history.service.ts";
import type { SparklineService } from "./sparkline.service.ts";

/** Those of the organization's devices that exist, by id. */
export type FindHistoryDevices = (
  orgId: string,
  deviceIds: readonly string[],
) => Promise<ReadonlyMap<string, HistoryDevice>>;

export type HistoryRoutesDeps = {
  history: HistoryService;
  sparklines: SparklineService;
  findDevices: FindHistoryDevices;
  clock: Clock;
};

export function createHistoryRoutes({ history, sparklines, findDevices, clock }: HistoryRoutesDeps): Route[] {
  const readSparklines = route(
    {
      method: "get",
      path: "/api/v1/devices/sparklines",
      summary: "CPU of the last hour of up to 100 devices; ids that are not found are left out",
      group: "Devices",
      access: { by: "member", role: "viewer", scope: "read" },
      query: SparklineQuery,
      answer: Sparklines,
      status: 200,
    },
    async ({ caller, query }) => sparklines.read(await findDevices(caller.orgId, query.ids), clock.now()),
  );

  const readHistory = route(
    {
      method: "get",
      path: "/api/v1/devices/{id}/history",
      summary: "A device's history",
      group: "Devices",
      access: { by: "member", role: "viewer", scope: "read" },
      params: z.object({ id: Id }),
      query: HistoryQuery,
      answer: History,
      status: 200,
      errors: ["bad-request", "not-found"],
    },
    async ({ caller, params, query }) => {
      const device = (await findDevices(caller.orgId, [params.id])).get(params.id);
      if (!device) throw new MusterError("not-found", "There is no such device.");
      const from = Date.parse(query.from);
      const to = Date.parse(query.to);
      if (from >= to) {
        throw new MusterError("bad-request", "The time range is empty.", {
          details: [{ path: "to", message: "must be after from" }],
        });
      }
      return history.read({ device, metrics: query.metrics, from, to });
    },
  );

  // Before the devices' own routes, so that `sparklines` is not taken for an id.
  return [readSparklines, readHistory];
}
