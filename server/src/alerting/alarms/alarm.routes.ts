import {
  AlarmDetail,
  AlarmFilter,
  AlarmListQuery,
  AlarmPage,
  AlarmSummary,
} from "@muster/shared/contracts/alarm.ts";
import {
  type AlarmAction,
  AlarmAcknowledgement,
  AlarmAssignees,
  AlarmAssignment,
  AlarmBulk,
  AlarmBulkResult,
  AlarmComment,
  AlarmNote,
  AlarmSnooze,
} from "@muster/shared/contracts/alarm-change.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { actorOf } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { tenantOf } from "../../platform/tenant.ts";
import type { Alarms } from "./alarm.service.ts";
import { alarmListRead, alarmSummaryRead } from "./alarm-reads.ts";

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
/** Closed to members with a customer limit: the names are those of the whole organization. */
const READ_MEMBERS = { by: "member", role: "operator", scope: "read" } as const satisfies Access;
const group = "Alarms";
const params = z.object({ id: Id });

/** Reading alarms and acting on them. */
export function createAlarmRoutes(deps: { alarms: Alarms; reads: Reads; clock: Clock }): Route[] {
  const { alarms } = deps;
  return [
    ...createReadRoutes(deps),
    route(
      {
        method: "post",
        path: "/api/v1/alarms/bulk",
        operationId: "changeAlarms",
        summary: "Acknowledge, snooze, assign, comment or resolve several alarms",
        group,
        access: ACT,
        body: AlarmBulk,
        answer: AlarmBulkResult,
        status: 200,
      },
      ({ caller, body, requestId }) =>
        alarms.actOnMany(tenantOf(caller), body, { actor: actorOf(caller), requestId }),
    ),
    ...createActionRoutes(alarms),
    createAssigneesRoute(alarms),
  ];
}

/** One route for each thing that a member does to an alarm. */
function createActionRoutes(alarms: Alarms): Route[] {
  const actionRoute = <Body>(
    kind: AlarmAction["kind"],
    summary: string,
    body: z.ZodType<Body>,
    toAction: (given: Body) => AlarmAction,
  ) =>
    route(
      {
        method: "post",
        path: `/api/v1/alarms/{id}/${kind}`,
        operationId: `${kind}Alarm`,
        summary,
        group,
        access: ACT,
        params,
        body,
        answer: AlarmDetail,
        status: 200,
        errors: ["not-found", "conflict"],
      },
      ({ caller, body: given, params: { id }, requestId }) =>
        alarms.act(tenantOf(caller), id, toAction(given), { actor: actorOf(caller), requestId }),
    );
  return [
    actionRoute("acknowledge", "Acknowledge an alarm", AlarmAcknowledgement, (body) => ({
      kind: "acknowledge",
      ...body,
    })),
    actionRoute("unacknowledge", "Withdraw the acknowledgement of an alarm", AlarmNote, (body) => ({
      kind: "unacknowledge",
      ...body,
    })),
    actionRoute(
      "resolve",
      "Close an alarm until its condition has cleared and comes back",
      AlarmNote,
      (body) => ({
        kind: "resolve",
        ...body,
      }),
    ),
    actionRoute("snooze", "Mute the messages about an alarm for some time", AlarmSnooze, (body) => ({
      kind: "snooze",
      ...body,
    })),
    actionRoute("assign", "Assign an alarm to a member, or to nobody", AlarmAssignment, (body) => ({
      kind: "assign",
      ...body,
    })),
    actionRoute("comment", "Add a comment to the timeline of an alarm", AlarmComment, (body) => ({
      kind: "comment",
      ...body,
    })),
  ];
}

/** Whom alarms can be assigned to. */
function createAssigneesRoute(alarms: Alarms): Route {
  return route(
    {
      method: "get",
      path: "/api/v1/alarm-assignees",
      operationId: "listAlarmAssignees",
      summary: "List the members whom alarms can be assigned to",
      group,
      access: READ_MEMBERS,
      answer: AlarmAssignees,
      status: 200,
    },
    ({ caller }) => alarms.assignees(caller.orgId),
  );
}

function createReadRoutes({ alarms, reads, clock }: { alarms: Alarms; reads: Reads; clock: Clock }): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/alarms",
        operationId: "listAlarms",
        summary: "List alarms, the worst and newest first",
        group,
        access: READ,
        query: AlarmListQuery,
        answer: AlarmPage,
        status: 200,
      },
      ({ caller, query, signal }) => {
        const input = { tenant: tenantOf(caller), query, now: clock.now() };
        return reads.run(alarmListRead, input, { orgId: caller.orgId, signal });
      },
    ),
    route(
      {
        method: "get",
        path: "/api/v1/alarms/summary",
        operationId: "countAlarms",
        summary: "Count alarms by severity",
        group,
        access: READ,
        query: AlarmFilter,
        answer: AlarmSummary,
        status: 200,
      },
      ({ caller, query, signal }) => {
        const input = { tenant: tenantOf(caller), filter: query, now: clock.now() };
        return reads.run(alarmSummaryRead, input, { orgId: caller.orgId, signal });
      },
    ),
    route(
      {
        method: "get",
        path: "/api/v1/alarms/{id}",
        operationId: "getAlarm",
        summary: "Get an alarm with its timeline",
        group,
        access: READ,
        params,
        answer: AlarmDetail,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => alarms.get(tenantOf(caller), id),
    ),
  ];
}
