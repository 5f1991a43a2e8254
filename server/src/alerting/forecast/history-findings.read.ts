import { openHistoryBatches, readDeviceNosAfter, readWatchedDevices } from "../../fleet/index.ts";
import type { Read } from "../../platform/read-threads/read.ts";
import { createRuleSet, type HistoryKind } from "../evaluation/effective-rules.ts";
import { readEntries } from "../evaluation/watch-state.ts";
import { readRules } from "../rules/alarm-rule.repository.ts";
import { compileRules } from "../rules/compile-rules.ts";
import { findFullDisks } from "./find-full-disks.ts";
import { findUnusual } from "./find-unusual.ts";
import { type DeviceFindings, judgedScore } from "./history-finding.ts";

export type HistoryFindingsInput = {
  orgId: string;
  kind: HistoryKind;
  /** Devices after this number. */
  after: number;
  now: number;
};

export type HistoryFindings = {
  /** The last device of the batch; null when there are no more. */
  last: number | null;
  /** Devices of which something is or was wrong. */
  devices: readonly DeviceFindings[];
};

/** A read thread is busy for about 70 ms with them. */
const DEVICES_PER_READ = 20;

/** What rules about the history find on the next batch of an organization's devices. */
export const historyFindingsRead: Read<HistoryFindingsInput, HistoryFindings> = {
  name: "alarm-rules.history",
  open(store) {
    const history = openHistoryBatches(store);
    return async ({ orgId, kind, after, now }, turn) => {
      const numbers = await readDeviceNosAfter(store.read, orgId, after, DEVICES_PER_READ);
      if (numbers.length === 0) return { last: null, devices: [] };
      const rows = await readRules(store.read, orgId);
      const rules = createRuleSet(0, await compileRules(store.read, orgId, rows));
      const all = await readWatchedDevices(store.read, store.dialect, numbers, now);
      const devices = all.filter(({ isArchived, isApproved }) => isApproved && !isArchived);
      await turn.pause();
      const find = kind === "disk-full" ? findFullDisks : findUnusual;
      const found = await find(store, history, { orgId, rules, devices, now });
      const states = new Map(devices.map(({ deviceNo, state }) => [deviceNo, state]));
      return {
        last: numbers.length < DEVICES_PER_READ ? null : (numbers.at(-1) ?? null),
        devices: found.flatMap(({ deviceNo, findings }) => {
          const known = new Set(readEntries(states.get(deviceNo) ?? null).map(({ ruleId }) => ruleId));
          const relevant = findings.filter((finding) => {
            const rule = rules.find(finding.ruleId)?.rule;
            if (rule?.condition.watches !== "history") return false;
            const levels = Object.values(rule.condition.judge(judgedScore(finding)));
            return known.has(finding.ruleId) || levels.some(({ violates }) => violates);
          });
          return relevant.length === 0 ? [] : [{ deviceNo, findings: relevant }];
        }),
      };
    };
  },
};
