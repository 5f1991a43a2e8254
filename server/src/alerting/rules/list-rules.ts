import type { AlarmRuleScope, ListedAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import type { Kysely } from "kysely";
import { type FindDeviceTargets, readSharedViews } from "../../fleet/index.ts";
import type { CustomerDirectory } from "../../identity/index.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import { toAlarmRule } from "./rule-row.ts";
import { findShadowedRules } from "./shadowed-rules.ts";
import type { AlarmRulesTable } from "./rules.tables.ts";

export type ListRulesDeps = {
  store: Pick<Store, "read">;
  customers: Pick<CustomerDirectory, "namesOf">;
  findTargets: FindDeviceTargets;
  /** How many alarms of each rule are open; a rule without one is left out. */
  countOpenAlarms(db: Kysely<Tables>, orgId: string): Promise<ReadonlyMap<string, number>>;
};

/** Rules as a list shows them: with the names of their scopes, the number of their open alarms, and what keeps them from applying. */
export function createListRules(deps: ListRulesDeps) {
  const { store, customers, findTargets, countOpenAlarms } = deps;
  return async (orgId: string, rows: readonly AlarmRulesTable[]): Promise<ListedAlarmRule[]> => {
    const rules = rows.map(toAlarmRule);
    const scopes = rules.map(({ scope }) => scope);
    const customerIds = scopes.flatMap((scope) => (scope.kind === "customer" ? [scope.customerId] : []));
    const deviceIds = scopes.flatMap((scope) => (scope.kind === "device" ? [scope.deviceId] : []));
    const customerNames = await customers.namesOf(store.read, orgId, [...new Set(customerIds)]);
    const devices = await findTargets(wholeOrganization(orgId), [...new Set(deviceIds)]);
    const viewIds = scopes.flatMap((scope) => (scope.kind === "view" ? [scope.viewId] : []));
    const views = await readSharedViews(store.read, orgId, [...new Set(viewIds)]);
    const open = await countOpenAlarms(store.read, orgId);
    const nameOf = (scope: AlarmRuleScope) => {
      if (scope.kind === "customer") return customerNames.get(scope.customerId) ?? null;
      if (scope.kind === "view") return views.get(scope.viewId)?.name ?? null;
      return scope.kind === "device" ? (devices.get(scope.deviceId)?.name ?? null) : null;
    };
    const shadowed = findShadowedRules(rules);
    return rules.map((rule) => ({
      ...rule,
      scopeName: nameOf(rule.scope),
      openAlarms: open.get(rule.id) ?? 0,
      shadowedBy: shadowed.get(rule.id) ?? null,
    }));
  };
}
