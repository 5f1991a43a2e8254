import {
  AddedAlarmRulePack,
  AlarmRule,
  AlarmRuleChange,
  AlarmRuleOrder,
  AlarmRulePacks,
  AlarmRules,
  EffectiveAlarmRules,
  NewAlarmRule,
} from "@muster/shared/contracts/alarm-rule.ts";
import { AlarmRulePackId } from "@muster/shared/contracts/alarm-rule-pack.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { actorOf, type ChangedBy } from "../../identity/index.ts";
import type { MemberCaller } from "../../platform/http/caller.ts";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import type { AlarmRuleService } from "./alarm-rule.service.ts";
import { RULE_PACKS } from "./rule-packs.ts";

// Rules are about the whole organization: they are closed to members with a customer limit.
const READ = { by: "member", role: "viewer", scope: "read" } as const satisfies Access;
const READ_OF_DEVICE = { ...READ, appliesCustomerLimit: true } as const satisfies Access;
const ADMINISTER = { by: "member", role: "admin", scope: "write" } as const satisfies Access;
const group = "Alarm rules";
const params = z.object({ id: Id });

/** Lists and changes the rules that open alarms. */
export function createAlarmRuleRoutes({ rules }: { rules: AlarmRuleService }): Route[] {
  return [...createCollectionRoutes(rules), ...createRuleRoutes(rules)];
}

function createCollectionRoutes(rules: AlarmRuleService): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/alarm-rules",
        operationId: "listAlarmRules",
        summary: "List all alarm rules in their order",
        group,
        access: READ,
        answer: AlarmRules,
        status: 200,
      },
      ({ caller }) => rules.list(caller.orgId),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/alarm-rules",
        operationId: "createAlarmRule",
        summary: "Create an alarm rule",
        group,
        access: ADMINISTER,
        body: NewAlarmRule,
        answer: AlarmRule,
        hasVersion: true,
        status: 201,
        errors: ["bad-request", "conflict"],
      },
      ({ caller, body, requestId }) => rules.create(caller.orgId, body, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "put",
        path: "/api/v1/alarm-rules/order",
        operationId: "orderAlarmRules",
        summary: "Change the order of all alarm rules",
        group,
        access: ADMINISTER,
        body: AlarmRuleOrder,
        answer: AlarmRules,
        status: 200,
        errors: ["bad-request"],
      },
      ({ caller, body, requestId }) => rules.order(caller.orgId, body.ids, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/alarm-rule-packs",
        operationId: "listAlarmRulePacks",
        summary: "List the sets of alarm rules that come with Muster",
        group,
        access: READ,
        answer: AlarmRulePacks,
        status: 200,
      },
      async () => ({ items: AlarmRulePackId.options.map((id) => ({ id, rules: [...RULE_PACKS[id]] })) }),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/alarm-rule-packs",
        operationId: "addAlarmRulePack",
        summary: "Add a set of rules; they are silent about what violates them already",
        group,
        access: ADMINISTER,
        body: AddedAlarmRulePack,
        answer: AlarmRules,
        status: 201,
        errors: ["conflict"],
      },
      ({ caller, body, requestId }) => rules.addPack(caller.orgId, body, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/devices/{id}/alarm-rules",
        operationId: "listAlarmRulesOfDevice",
        summary: "List the alarm rules that apply to a device, and the rules that they override",
        group,
        access: READ_OF_DEVICE,
        params,
        answer: EffectiveAlarmRules,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => rules.effective(caller, id),
    ),
  ];
}

function createRuleRoutes(rules: AlarmRuleService): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/alarm-rules/{id}",
        operationId: "getAlarmRule",
        summary: "Get an alarm rule",
        group,
        access: READ,
        params,
        answer: AlarmRule,
        hasVersion: true,
        status: 200,
        errors: ["not-found"],
      },
      ({ caller, params: { id } }) => rules.get(caller.orgId, id),
    ),
    route(
      {
        method: "patch",
        path: "/api/v1/alarm-rules/{id}",
        operationId: "updateAlarmRule",
        summary: "Change an alarm rule; an alarm that its new condition calls clear ends",
        group,
        access: ADMINISTER,
        params,
        body: AlarmRuleChange,
        answer: AlarmRule,
        hasVersion: true,
        needsVersion: true,
        status: 200,
        errors: ["bad-request", "not-found"],
      },
      ({ caller, params: { id }, body, requestId, version }) =>
        rules.change(caller.orgId, id, { change: body, version }, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/alarm-rules/{id}",
        operationId: "deleteAlarmRule",
        summary: "Delete an alarm rule; its open alarms end",
        group,
        access: ADMINISTER,
        params,
        status: 204,
        errors: ["not-found"],
      },
      ({ caller, params: { id }, requestId }) => rules.remove(caller.orgId, id, changedBy(caller, requestId)),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/alarm-rules/{id}/duplicate",
        operationId: "duplicateAlarmRule",
        summary: "Create a copy of an alarm rule, switched off",
        group,
        access: ADMINISTER,
        params,
        answer: AlarmRule,
        hasVersion: true,
        status: 201,
        errors: ["not-found", "conflict"],
      },
      ({ caller, params: { id }, requestId }) =>
        rules.duplicate(caller.orgId, id, changedBy(caller, requestId)),
    ),
  ];
}

function changedBy(caller: MemberCaller, requestId: string): ChangedBy {
  return { actor: actorOf(caller), requestId };
}
