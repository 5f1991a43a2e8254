import {
  AlarmInstanceQuery,
  AlarmInstances,
  AlarmRuleTrial,
  AlarmRuleTrialRequest,
} from "@muster/shared/contracts/alarm-rule-trial.ts";
import { type Route, route } from "../../platform/http/route.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { alarmInstancesRead } from "./alarm-instances.read.ts";
import type { RuleTrials } from "./rule-trial.service.ts";

const group = "Alarm rules";

/** What helps to write a rule: its trial on recorded history, and the names that its patterns can match. */
export function createRuleTrialRoutes({ trials, reads }: { trials: RuleTrials; reads: Reads }): Route[] {
  return [
    route(
      {
        method: "post",
        path: "/api/v1/alarm-rules/trial",
        operationId: "tryAlarmRule",
        summary: "Try an alarm rule on the history of the last 14 days, without saving it",
        group,
        access: { by: "member", role: "admin", scope: "read" },
        body: AlarmRuleTrialRequest,
        answer: AlarmRuleTrial,
        status: 200,
        errors: ["bad-request", "not-found", "unavailable"],
      },
      ({ caller, body, signal }) => trials.run(caller.orgId, body, signal),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/alarm-instances",
        operationId: "listAlarmInstances",
        summary: "List the names of file systems or network interfaces that a rule can match",
        group,
        access: { by: "member", role: "viewer", scope: "read" },
        query: AlarmInstanceQuery,
        answer: AlarmInstances,
        status: 200,
      },
      ({ caller: { orgId }, query: { kind }, signal }) =>
        reads.run(alarmInstancesRead, { orgId, kind }, { orgId, signal }),
    ),
  ];
}
