import { NewAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import type { WatchedReport } from "../../fleet/index.ts";
import { newRuleRow } from "../rules/rule-row.ts";
import { compileRule } from "./compiled-rule.ts";
import { createRuleSet, type RuleSet } from "./effective-rules.ts";

/** Rules in this order; the name of each is its id too. */
export function rulesOf(
  inputs: readonly { name: string; [field: string]: unknown }[],
  isEnabled = true,
): RuleSet {
  return createRuleSet(
    1,
    inputs.map((input, index) => {
      const given = { id: input.name, orgId: "org", position: index + 1, createdAt: 1000 };
      return {
        rule: compileRule(newRuleRow(NewAlarmRule.parse({ type: "metric", ...input }), given)),
        isEnabled,
      };
    }),
  );
}

export const REPORT: WatchedReport = {
  orgId: "org",
  deviceNo: 1,
  deviceId: "device",
  customerId: "customer",
  customer: null,
  osFamily: "linux",
  osName: null,
  tags: '["web","eu"]',
  deviceClass: "server",
  state: null,
  previousReportAt: 2000,
  receivedAt: 32_000,
  intervalS: 30,
  observedNow: 32_000,
  sample: { at: 0, cpu: 50 },
  score: 90,
};
