import { instanceColumn, readInstances, type WatchedDevice } from "../../fleet/index.ts";
import type { ReadStore } from "../../platform/database/read-store.ts";
import type { ReadTurn } from "../../platform/read-threads/read.ts";
import type { CompiledRule } from "../evaluation/compiled-rule.ts";
import type { RuleSet } from "../evaluation/effective-rules.ts";
import { rivalsOf } from "./rule-group.ts";
import type { TrialResult } from "./trial-result.ts";
import type { TrialSource } from "./trial-source.ts";

/** A draft and what it is tried on. */
export type Trial<Rule extends CompiledRule = CompiledRule> = {
  orgId: string;
  rule: Rule;
  source: TrialSource;
  /** The rules of the organization with the draft. */
  rules: RuleSet;
  /** The devices of its scope. */
  devices: readonly WatchedDevice[];
  result: TrialResult;
  from: number;
  to: number;
};

/** The columns of each instance for which the draft applies; null stands for the whole device. */
export type PlannedDevice = { device: WatchedDevice; columns: ReadonlyMap<string | null, readonly number[]> };

/** How many devices are tried at most. */
const MAX_DEVICES = 500;
/** After this time, a trial ends with what it has: less work than a member may cause at once (see request-limits.ts). */
export const ENOUGH_MS = 1_200;
const DEVICES_PER_TURN = 20;

/** What of each device is to be read, without what other rules decide. Records these rules and what is left out. */
export async function planTrial(store: ReadStore, trial: Trial, turn: ReadTurn): Promise<PlannedDevice[]> {
  const { devices, rules, rule, result } = trial;
  const planned: PlannedDevice[] = [];
  result.leaveOut("too-many", Math.max(0, devices.length - MAX_DEVICES));
  for (const [index, device] of devices.slice(0, MAX_DEVICES).entries()) {
    if (index % DEVICES_PER_TURN === 0) await turn.pause();
    const { groups } = rules.effectiveFor(device);
    const group = groups.find((one) => one.some(({ id }) => id === rule.id)) ?? [];
    const instances = await instancesOf(store, trial, device.deviceNo);
    if (instances.size === 0) result.leaveOut("no-history", 1);
    const rivals = rivalsOf(rule.id, group, [...instances.keys()]);
    result.addRivals(rivals);
    const columns = new Map([...instances].filter(([name]) => rivals.applied.has(name)));
    if (columns.size > 0) planned.push({ device, columns });
  }
  return planned;
}

async function instancesOf(
  store: ReadStore,
  { orgId, source }: Trial,
  deviceNo: number,
): Promise<Map<string | null, readonly number[]>> {
  switch (source.kind) {
    case "outages":
      return new Map([[null, []]]);
    case "device":
      return new Map([[null, source.columns]]);
    case "instances": {
      const rows = await readInstances(store.read, orgId, deviceNo);
      const ofKind = rows.filter(({ kind }) => kind === source.instanceKind);
      return new Map(ofKind.map(({ name, number }) => [name, [instanceColumn(source.column, number)]]));
    }
  }
}
