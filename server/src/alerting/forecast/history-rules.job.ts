import type { Transaction } from "kysely";
import { readWatchedDevices, writeWatchState } from "../../fleet/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import type { AlarmTransition } from "../alarm-transition.ts";
import type { HistoryKind } from "../evaluation/effective-rules.ts";
import type { AlarmEffects } from "../evaluation/process-signals.ts";
import { createTransactionSize } from "../evaluation/transaction-size.ts";
import { readEntries, writeEntries } from "../evaluation/watch-state.ts";
import type { RuleSets } from "../rules/rule-sets.ts";
import { evaluateHistory } from "./evaluate-history.ts";
import { UNUSUAL_EVERY_MS } from "./find-unusual.ts";
import type { DeviceFindings } from "./history-finding.ts";
import { type HistoryFindings, historyFindingsRead } from "./history-findings.read.ts";

const HOUR_MS = 3_600_000;
const EVERY_MS: Record<HistoryKind, number> = { "disk-full": HOUR_MS, unusual: UNUSUAL_EVERY_MS };
const NAMES: Record<HistoryKind, string> = {
  "disk-full": "alarm-disk-forecasts",
  unusual: "alarm-unusual-values",
};
/** The turn of this work between the organizations on the read threads. */
const READER = "alarm-history";
/** So many missed looks begin a duration again. */
const LOOKS_PER_GAP = 3;

type HistoryJobsDeps = {
  store: Store;
  reads: Reads;
  clock: Clock;
  observedMs(): number;
  ruleSets: Pick<RuleSets, "organizationsAsking" | "read">;
  effects: Pick<AlarmEffects, "applyTransitions">;
};

/** Looks at the history of all devices for which there are rules about it, a batch at a time. One server at a time runs each job. */
export function createHistoryJobs(deps: HistoryJobsDeps): Job[] {
  return [createHistoryJob("disk-full", deps), createHistoryJob("unusual", deps)];
}

function createHistoryJob(kind: HistoryKind, deps: HistoryJobsDeps): Job {
  const { store, reads, clock, observedMs, ruleSets, effects } = deps;
  const size = createTransactionSize(clock.monotonic);

  async function findAfter(orgId: string, after: number, signal: AbortSignal): Promise<HistoryFindings> {
    const input = { orgId, kind, after, now: clock.now() };
    const { text } = await reads.run(historyFindingsRead, input, { orgId: READER, signal });
    return JSON.parse(text);
  }

  async function apply(tx: Transaction<Tables>, orgId: string, found: readonly DeviceFindings[]) {
    const rules = await ruleSets.read(tx, orgId);
    const byDevice = new Map(found.map(({ deviceNo, findings }) => [deviceNo, findings]));
    const now = clock.now();
    const moment = { now, observedNow: observedMs(), maxGapMs: LOOKS_PER_GAP * EVERY_MS[kind] };
    const transitions: AlarmTransition[] = [];
    for (const device of await readWatchedDevices(tx, store.dialect, [...byDevice.keys()], now)) {
      const findings = byDevice.get(device.deviceNo) ?? [];
      const evaluated = evaluateHistory(rules, device, readEntries(device.state), { findings, moment });
      const next = writeEntries(evaluated.entries);
      if (next !== device.state) await writeWatchState(tx, device, next);
      transitions.push(...evaluated.transitions);
    }
    await effects.applyTransitions(tx, transitions);
  }

  return {
    name: NAMES[kind],
    everyMs: EVERY_MS[kind],
    async run(signal) {
      for (const orgId of ruleSets.organizationsAsking(kind)) {
        for (let after: number | null = 0; after !== null && !signal.aborted; ) {
          const { last, devices } = await findAfter(orgId, after, signal);
          for (let start = 0; start < devices.length && !signal.aborted; ) {
            const slice = devices.slice(start, start + size.devices);
            await store.transaction((tx) => size.measure(() => apply(tx, orgId, slice)));
            start += slice.length;
          }
          after = last;
        }
      }
    },
  };
}
