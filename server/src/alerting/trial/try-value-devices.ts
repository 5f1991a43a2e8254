import { findHistoryDevices, openPastValues, type PastValues } from "../../fleet/index.ts";
import type { ReadStore } from "../../platform/database/read-store.ts";
import type { ReadTurn } from "../../platform/read-threads/read.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import type { ValueRule } from "../evaluation/effective-rules.ts";
import { ENOUGH_MS, type PlannedDevice, planTrial, type Trial } from "./plan-trial.ts";
import { isHigherWorse, type TrialSource } from "./trial-source.ts";
import { createValueTrial, type ValueTrial } from "./try-values.ts";

/** What one request may evaluate: 100,000 values take 50 to 200 ms. */
const MAX_SAMPLES = 600_000;
const MAX_AVERAGES = 600_000;
const FIVE_MINUTES_MS = 300_000;
const IDS_PER_STATEMENT = 200;

type HistoryDevices = Awaited<ReturnType<typeof findHistoryDevices>>;
type ValueSource = Exclude<TrialSource, { kind: "outages" }>;

/** Tries a rule about values on the recorded history of its devices, one after the other. */
export function openTryValueDevices(store: ReadStore) {
  const readPast = openPastValues(store);
  return async (
    { source, ...trial }: Trial<ValueRule> & { source: ValueSource },
    turn: ReadTurn,
  ): Promise<void> => {
    const { rule, result, from, to } = trial;
    const planned = await planTrial(store, { ...trial, source }, turn);
    const known = await findDevices(store, trial.orgId, planned);
    const resolution = chooseResolution(planned, known, to - from);
    for (const [index, { device, columns }] of planned.entries()) {
      if (!turn.hasTime(ENOUGH_MS)) {
        result.leaveOut("no-time", planned.length - index);
        return;
      }
      const history = known.get(device.deviceId);
      if (!history) continue;
      const values = createValueTrial(rule, isHigherWorse(rule));
      const request = { device: history, columns: [...columns.values()].flat(), from, to, resolution };
      let count = 0;
      for await (const past of readPast(request, turn)) {
        result.addResolution(past.resolution);
        count += addValues(values, past, columns, source);
      }
      if (count === 0) result.leaveOut("no-history", 1);
      else result.addDevice({ id: device.deviceId, name: device.name }, values.alarms());
    }
  };
}

/** Adds the values of all instances in the order of their times. Returns how many there are. */
function addValues(
  trial: ValueTrial,
  { times, intervalsS, stepMs, columns: read }: PastValues,
  columns: PlannedDevice["columns"],
  source: ValueSource,
): number {
  let count = 0;
  for (const [index, at] of times.entries()) {
    let first = 0;
    for (const [instance, own] of columns) {
      const start = first;
      first += own.length;
      const parts = own.map((_, part) => read[start + part]?.[index] ?? Number.NaN);
      const value = source.kind === "device" ? source.valueOf(parts) : (parts[0] ?? Number.NaN);
      if (Number.isNaN(value)) continue;
      count += 1;
      trial.add({ instance, value, at, stepMs, intervalS: intervalsS[index] ?? 0 });
    }
  }
  return count;
}

/** Samples where there are not too many of them, otherwise averages. */
function chooseResolution(
  planned: readonly PlannedDevice[],
  known: HistoryDevices,
  spanMs: number,
): "raw" | "5m" | "1h" {
  const countOf = (intervalOf: (device: PlannedDevice) => number) =>
    planned.reduce((sum, device) => sum + (spanMs / intervalOf(device)) * device.columns.size, 0);
  const intervalOf = ({ device }: PlannedDevice) => (known.get(device.deviceId)?.intervalS ?? 30) * 1_000;
  if (countOf(intervalOf) <= MAX_SAMPLES) return "raw";
  return countOf(() => FIVE_MINUTES_MS) <= MAX_AVERAGES ? "5m" : "1h";
}

async function findDevices(
  store: ReadStore,
  orgId: string,
  planned: readonly PlannedDevice[],
): Promise<HistoryDevices> {
  const found = new Map<string, HistoryDevices extends ReadonlyMap<string, infer Device> ? Device : never>();
  for (let start = 0; start < planned.length; start += IDS_PER_STATEMENT) {
    const ids = planned.slice(start, start + IDS_PER_STATEMENT).map(({ device }) => device.deviceId);
    for (const [id, device] of await findHistoryDevices(store.read, wholeOrganization(orgId), ids)) {
      found.set(id, device);
    }
  }
  return found;
}
