import type { AlarmRuleTrial } from "@muster/shared/contracts/alarm-rule-trial.ts";
import { readDeviceNosAfter, readWatchedDevices, type WatchedDevice } from "../../fleet/index.ts";
import type { ReadStore } from "../../platform/database/read-store.ts";
import type { Read, ReadTurn } from "../../platform/read-threads/read.ts";
import { compileRule } from "../evaluation/compiled-rule.ts";
import { createRuleSet, isValueRule, type RuleSet } from "../evaluation/effective-rules.ts";
import { readRules } from "../rules/alarm-rule.repository.ts";
import { compileRules } from "../rules/compile-rules.ts";
import type { AlarmRulesTable } from "../rules/rules.tables.ts";
import { createTrialResult } from "./trial-result.ts";
import { trialSourceOf } from "./trial-source.ts";
import { tryOutageDevices } from "./try-outage-devices.ts";
import { isFactRule } from "./try-outages.ts";
import { openTryValueDevices } from "./try-value-devices.ts";

export type RuleTrialInput = {
  orgId: string;
  /** The draft as a row; its id is not that of a stored rule. */
  draft: AlarmRulesTable;
  /** The stored rule that it changes; null for none. */
  replaces: string | null;
  from: number;
  to: number;
};

const DEVICES_PER_STATEMENT = 200;

/** Tries a draft of a rule on the recorded history of the devices that it is about. */
export const ruleTrialRead: Read<RuleTrialInput, AlarmRuleTrial> = {
  name: "alarm-rules.trial",
  open(store) {
    const tryValueDevices = openTryValueDevices(store);
    return async (input, turn) => {
      const { draft, from, to } = input;
      const rows = await readRules(store.read, input.orgId);
      const others = rows.filter(({ id }) => id !== input.replaces);
      const compiled = await compileRules(store.read, input.orgId, [draft, ...others]);
      const rules = createRuleSet(
        0,
        // A draft is tried whether it is to be enabled or not.
        compiled.map(({ rule, isEnabled }) => ({ rule, isEnabled: isEnabled || rule.id === draft.id })),
      );
      const result = createTrialResult({ from, to });
      const nameOf = (ruleId: string) => rows.find(({ id }) => id === ruleId)?.name ?? "";
      const rule = compileRule(draft);
      const source = trialSourceOf(rule);
      if (source === null) return result.finish(null, nameOf);
      const devices = await readScope(store, turn, { ...input, rules });
      const trial = { ...input, rules, devices, result };
      if (source.kind === "outages" && isFactRule(rule)) {
        await tryOutageDevices(store, { ...trial, rule, source }, turn);
        return result.finish("outages", nameOf);
      }
      if (source.kind !== "outages" && isValueRule(rule)) {
        await tryValueDevices({ ...trial, rule, source }, turn);
      }
      return result.finish("values", nameOf);
    };
  },
};

/** The devices within the scope of the draft, a slice at a time. */
async function readScope(
  store: ReadStore,
  turn: ReadTurn,
  { orgId, draft, rules, to }: RuleTrialInput & { rules: RuleSet },
): Promise<WatchedDevice[]> {
  const found: WatchedDevice[] = [];
  for (let after = 0; ; ) {
    const numbers = await readDeviceNosAfter(store.read, orgId, after, DEVICES_PER_STATEMENT);
    const last = numbers.at(-1);
    if (last === undefined) return found;
    after = last;
    for (const device of await readWatchedDevices(store.read, store.dialect, numbers, to)) {
      if (device.isArchived || !device.isApproved) continue;
      const { groups } = rules.effectiveFor(device);
      if (groups.some((group) => group.some(({ id }) => id === draft.id))) found.push(device);
    }
    await turn.pause();
  }
}
