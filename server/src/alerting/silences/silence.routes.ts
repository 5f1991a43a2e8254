import {
  NewSilence,
  Silence,
  SilenceChange,
  SilenceMatchers,
  SilenceMatches,
  Silences,
  SilencesQuery,
} from "@muster/shared/contracts/silence.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { actorOf } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { tenantOf } from "../../platform/tenant.ts";
import type { SilencesDeps, SilenceService } from "./silence.service.ts";
import { silenceListRead, silencePreviewRead } from "./silence-reads.ts";

const READ = {
  by: "member",
  role: "viewer",
  scope: "read",
  appliesCustomerLimit: true,
} as const satisfies Access;
const ACT = {
  by: "member",
  role: "operator",
  scope: "write",
  appliesCustomerLimit: true,
} as const satisfies Access;
const group = "Silences";
const params = z.object({ id: Id });

type Deps = {
  silences: SilenceService;
  store: Store;
  reads: Reads;
  clock: Clock;
  findSubject: SilencesDeps["findSubject"];
};

/** Times in which nobody is told of the alarms that match. */
export function createSilenceRoutes(deps: Deps): Route[] {
  return [...createReadRoutes(deps), ...createChangeRoutes(deps.silences)];
}

function createReadRoutes({ silences, store, reads, clock, findSubject }: Deps): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/silences",
        operationId: "listSilences",
        summary: "List silences with the alarms that they match now",
        group,
        access: READ,
        query: SilencesQuery,
        answer: Silences,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, query, signal }) =>
        reads.run(
          silenceListRead,
          { tenant: tenantOf(caller), query, now: clock.now() },
          { orgId: caller.orgId, signal },
        ),
    ),
    // Before the route with an id, so that `preview` is not taken for one.
    route(
      {
        method: "post",
        path: "/api/v1/silences/preview",
        operationId: "previewSilence",
        summary: "List the alarms that a silence would match without storing it",
        group,
        access: { ...ACT, scope: "read" },
        body: SilenceMatchers,
        answer: SilenceMatches,
        status: 200,
        errors: ["bad-request"],
      },
      async ({ caller, body, signal }) => {
        const tenant = tenantOf(caller);
        const { alarmKey } = await store.transaction((tx) => findSubject(tx, tenant, body));
        const input = { tenant, matchers: body, alarmKey, now: clock.now() };
        return reads.run(silencePreviewRead, input, { orgId: caller.orgId, signal });
      },
    ),
    route(
      {
        method: "get",
        path: "/api/v1/silences/{id}",
        operationId: "getSilence",
        summary: "Get a silence",
        group,
        access: READ,
        params,
        answer: Silence,
        hasVersion: true,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => silences.get(tenantOf(caller), id),
    ),
  ];
}

function createChangeRoutes(silences: SilenceService): Route[] {
  return [
    route(
      {
        method: "post",
        path: "/api/v1/silences",
        operationId: "createSilence",
        summary: "Silence alarms until a time",
        group,
        access: ACT,
        body: NewSilence,
        answer: Silence,
        hasVersion: true,
        status: 201,
        errors: ["bad-request", "conflict"],
      },
      ({ caller, body, requestId }) =>
        silences.create(tenantOf(caller), body, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "patch",
        path: "/api/v1/silences/{id}",
        operationId: "updateSilence",
        summary: "Change the end or the comment of a silence",
        group,
        access: ACT,
        params,
        body: SilenceChange,
        answer: Silence,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["bad-request", "not-found", "conflict"],
      },
      ({ caller, body, params: { id }, requestId, version }) =>
        silences.change(
          tenantOf(caller),
          id,
          { change: body, version },
          { actor: actorOf(caller), requestId },
        ),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/silences/{id}/end",
        operationId: "endSilence",
        summary: "End a silence now; what still violates is announced",
        group,
        access: ACT,
        params,
        answer: Silence,
        hasVersion: true,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) =>
        silences.end(tenantOf(caller), id, { actor: actorOf(caller), requestId }),
    ),
  ];
}
