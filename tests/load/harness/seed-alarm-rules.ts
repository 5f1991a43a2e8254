import { METRIC_NAMES } from "@muster/shared/contracts/metric.ts";
import { type AlarmRuleScope, NewAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { createUuidV7Factory } from "../../../server/src/platform/crypto/ids.ts";
import { newRuleRow } from "../../../server/src/alerting/rules/rule-row.ts";
import type { AlarmRulesTable } from "../../../server/src/alerting/rules/rules.tables.ts";
import { openBenchStore } from "./seed-fleet.ts";

const VIOLATING_TAG = "violating";
const EVERY_NTH_VIOLATES = 20;
const makeId = createUuidV7Factory(() => Date.now());

/** 60 rules of mixed scope: for each metric, on the organization, classes, tags; one of them is violated by 5 % of the devices. */
export function mixedRules(orgId: string): AlarmRulesTable[] {
  const scopes: AlarmRuleScope[] = [
    { kind: "organization" },
    { kind: "class", deviceClass: "server" },
    { kind: "class", deviceClass: "laptop" },
    { kind: "tag", tag: "web" },
  ];
  const unmet = METRIC_NAMES.flatMap((metric) =>
    scopes.map((scope) => ({ scope, settings: { metric, operator: ">", warning: 1e15, forS: 300 } })),
  );
  const files = scopes.map((scope) => ({ scope, settings: { metric: "fileSystem.used", warning: 1e15 } }));
  const free = scopes.map((scope) => ({
    scope,
    settings: { metric: "fileSystem.free", operator: "<", warning: -1 },
  }));
  const scope: AlarmRuleScope = { kind: "tag", tag: VIOLATING_TAG };
  const violated = ["cpu", "memory", "disk", "fileSystem.used"].map((metric) => ({
    scope,
    settings: { metric, operator: ">=", warning: 0, critical: 1e15, sharePercent: 90 },
  }));
  return [...unmet, ...files, ...free, ...violated].map((rule, index) =>
    newRuleRow(NewAlarmRule.parse({ name: `Rule ${index}`, type: "metric", ...rule }), {
      id: makeId(),
      orgId,
      position: index + 1,
      createdAt: 0,
    }),
  );
}

/** Gives an organization these rules and no others, and tags the devices that violate one. The server must not run yet. */
export async function seedAlarmRules(
  environment: Record<string, string>,
  orgId: string,
  rules: readonly AlarmRulesTable[],
): Promise<void> {
  const store = await openBenchStore(environment);
  try {
    await store.transaction(async (tx) => {
      await tx
        .insertInto("alarm_rule_sets")
        .values({ org_id: orgId, version: 1, default_since: 0 })
        .execute();
      if (rules.length > 0) await tx.insertInto("alarm_rules").values(rules).execute();
      await tx
        .updateTable("devices")
        .set({ tags: JSON.stringify([VIOLATING_TAG]) })
        .where("org_id", "=", orgId)
        .where((row) => row(row.val(0), "=", row("device_no", "%", EVERY_NTH_VIOLATES)))
        .execute();
    });
  } finally {
    await store.close();
  }
}
