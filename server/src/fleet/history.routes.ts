import {
  History,
  HistoryQuery,
  LabelledHistory,
  LabelledHistoryQuery,
  SparklineQuery,
  Sparklines,
} from "@muster/shared/contracts/history.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import type { Clock } from "../platform/clock.ts";
import { MusterError } from "../platform/errors.ts";
import { type Route, route } from "../platform/http/route.ts";
import type { Reads } from "../platform/read-threads/reads.ts";
import { historyRead, labelledHistoryRead, sparklineRead } from "./history-reads.ts";
import { tenantOf } from "../platform/tenant.ts";

export type HistoryRoutesDeps = { reads: Reads; clock: Clock };

/** History is read on read threads: a year of a device, or the last hour of a hundred, is much to unpack. */
export function createHistoryRoutes({ reads, clock }: HistoryRoutesDeps): Route[] {
  const readSparklines = route(
    {
      method: "get",
      path: "/api/v1/devices/sparklines",
      operationId: "getSparklines",
      summary: "Get the CPU of the last hour of up to 100 devices; unknown ids are left out",
      group: "Devices",
      access: { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true },
      query: SparklineQuery,
      answer: Sparklines,
      status: 200,
    },
    ({ caller, query, signal }) => {
      const input = { tenant: tenantOf(caller), deviceIds: query.ids, now: clock.now() };
      return reads.run(sparklineRead, input, { orgId: caller.orgId, signal });
    },
  );

  const readHistory = route(
    {
      method: "get",
      path: "/api/v1/devices/{id}/history",
      operationId: "getDeviceHistory",
      summary: "Get the history of a device",
      group: "Devices",
      access: { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true },
      params: z.object({ id: Id }),
      query: HistoryQuery,
      answer: History,
      status: 200,
      errors: ["bad-request", "not-found"],
    },
    async ({ caller, params, query, signal }) => {
      const input = {
        tenant: tenantOf(caller),
        deviceId: params.id,
        metrics: query.metrics,
        ...rangeOf(query),
      };
      return reads.run(historyRead, input, { orgId: caller.orgId, signal });
    },
  );

  const readLabelled = route(
    {
      method: "get",
      path: "/api/v1/devices/{id}/labelled-history",
      operationId: "getDeviceLabelledHistory",
      summary: "Get the history of the file systems or network interfaces of a device",
      group: "Devices",
      access: { by: "member", role: "viewer", scope: "read", appliesCustomerLimit: true },
      params: z.object({ id: Id }),
      query: LabelledHistoryQuery,
      answer: LabelledHistory,
      status: 200,
      errors: ["bad-request", "not-found"],
    },
    async ({ caller, params, query, signal }) => {
      const { kind, instances: shown } = query;
      const input = { tenant: tenantOf(caller), deviceId: params.id, kind, shown, ...rangeOf(query) };
      return reads.run(labelledHistoryRead, input, { orgId: caller.orgId, signal });
    },
  );

  // Before the devices' own routes, so that `sparklines` is not taken for an id.
  return [readSparklines, readHistory, readLabelled];
}

function rangeOf(query: { from: string; to: string }): { from: number; to: number } {
  const from = Date.parse(query.from);
  const to = Date.parse(query.to);
  if (from < to) return { from, to };
  throw new MusterError("bad-request", "The time range is empty.", {
    details: [{ path: "to", message: "must be after from" }],
  });
}
