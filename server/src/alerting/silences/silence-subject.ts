import { NEVER_MUTED_TYPES } from "@muster/shared/alarms/inhibition.ts";
import type { SilenceMatchers } from "@muster/shared/contracts/silence.ts";
import type { Transaction } from "kysely";
import { readDeviceNames } from "../../fleet/index.ts";
import type { CustomerDirectory } from "../../identity/index.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { reaches, type Tenant } from "../../platform/tenant.ts";
import { findAlarm } from "../alarms/alarm.repository.ts";
import { readRulesById } from "../rules/alarm-rule.repository.ts";
import type { SilenceSubject } from "./new-silence.ts";

/** Finds what the matchers of a silence name. Throws `bad-request` for what a tenant does not reach, and for alarms that are never silenced. */
export function createFindSubject({ customers }: { customers: Pick<CustomerDirectory, "require"> }) {
  return async (
    tx: Transaction<Tables>,
    tenant: Tenant,
    { scope, types, ruleId, alarmId }: SilenceMatchers,
  ): Promise<SilenceSubject> => {
    const { orgId } = tenant;
    if (scope.kind === "customer") {
      if (!reaches(tenant, scope.customerId)) throw invalid("scope.customerId", "the id of a customer");
      await customers.require(tx, orgId, scope.customerId);
    }
    if (
      scope.kind === "device" &&
      !(await readDeviceNames(tx, tenant, [scope.deviceId])).has(scope.deviceId)
    ) {
      throw invalid("scope.deviceId", "the id of a device");
    }
    if (ruleId !== null && (await readRulesById(tx, orgId, [ruleId])).length === 0) {
      throw invalid("ruleId", "the id of an alarm rule");
    }
    const alarm = alarmId === null ? null : await findAlarm(tx, tenant, alarmId);
    if (alarm === undefined) throw invalid("alarmId", "the id of an alarm");
    const never = [...types, ...(alarm === null ? [] : [alarm.type])].find((type) =>
      NEVER_MUTED_TYPES.has(type),
    );
    if (never !== undefined) throw neverSilenced(alarm?.type === never ? "alarmId" : "types", never);
    return { alarmKey: alarm?.key ?? null };
  };
}

function invalid(path: string, what: string): MusterError {
  return new MusterError("bad-request", `The field ${path} of the body must be ${what}.`, {
    details: [{ path, message: `must be ${what}` }],
  });
}

function neverSilenced(path: string, type: string): MusterError {
  return new MusterError("bad-request", `Alarms of the type ${type} cannot be silenced.`, {
    details: [{ path, message: `must not be of the type ${type}` }],
  });
}
