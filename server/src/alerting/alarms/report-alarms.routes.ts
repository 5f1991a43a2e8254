import {
  AlertmanagerNotification,
  AlertmanagerQuery,
  ReportedAlarm,
  ReportedAlarms,
} from "@muster/shared/contracts/reported-alarm.ts";
import { actorOf } from "../../identity/index.ts";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import { tenantOf } from "../../platform/tenant.ts";
import { alarmsOfNotification } from "./alertmanager.ts";
import type { ReportAlarms } from "./report-alarms.service.ts";

const ACT = {
  by: "member",
  role: "operator",
  scope: "write",
  appliesCustomerLimit: true,
} as const satisfies Access;
const group = "Alarms";
/** Room for 500 alerts with their labels and texts. */
const MAX_NOTIFICATION_BYTES = 1_000_000;

/** Alarms from outside. */
export function createReportAlarmsRoutes({ report }: { report: ReportAlarms }): Route[] {
  return [
    route(
      {
        method: "post",
        path: "/api/v1/alarms",
        operationId: "reportAlarm",
        summary: "Open, repeat or end an alarm from outside by its key",
        group,
        access: ACT,
        body: ReportedAlarm,
        answer: ReportedAlarms,
        status: 200,
        errors: ["conflict"],
      },
      ({ caller, body: { deviceId, customerId, ...alarm }, requestId }) =>
        report(
          tenantOf(caller),
          { alarms: [{ ...alarm, instance: null }], target: { deviceId, customerId } },
          { actor: actorOf(caller), requestId },
        ),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/alarms/alertmanager",
        operationId: "reportAlertmanagerAlerts",
        summary: "Receive notifications of Prometheus Alertmanager, as its webhook sends them",
        group,
        access: ACT,
        query: AlertmanagerQuery,
        body: AlertmanagerNotification,
        maxBodyBytes: MAX_NOTIFICATION_BYTES,
        answer: ReportedAlarms,
        status: 200,
        errors: ["conflict"],
      },
      ({ caller, query, body, requestId }) =>
        report(
          tenantOf(caller),
          { alarms: alarmsOfNotification(body), target: query },
          { actor: actorOf(caller), requestId },
        ),
    ),
  ];
}
