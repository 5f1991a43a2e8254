import { LABELLED_METRICS } from "@muster/shared/contracts/metric-table.ts";
import {
  type Averages,
  type HistoryBatches,
  instanceColumn,
  readFileSystems,
  type WatchedDevice,
} from "../../fleet/index.ts";
import type { ReadStore } from "../../platform/database/read-store.ts";
import { type HistoryRule, type RuleSet, ruleForInstance } from "../evaluation/effective-rules.ts";
import type { DiskHistory } from "./disk-days.ts";
import { type DiskForecast, forecastDisk } from "./forecast-disk.ts";
import type { DeviceFindings, HistoryFinding } from "./history-finding.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Holds one end of a cycle of a month. */
const FORECAST_DAYS = 42;
/** Finished hours are packed an hour or two later; a device whose newest value is older says nothing about now. */
const MAX_AGE_MS = 6 * HOUR_MS;

type Wanted = { orgId: string; rules: RuleSet; devices: readonly WatchedDevice[]; now: number };

/** When the file systems of a batch of devices will be full: two statements and up to three rows for each device. */
export async function findFullDisks(
  store: ReadStore,
  history: HistoryBatches,
  { orgId, rules, devices, now }: Wanted,
): Promise<DeviceFindings[]> {
  const asking = devices.filter((device) => groupOf(rules, device) !== undefined);
  if (asking.length === 0) return [];
  const deviceNos = asking.map(({ deviceNo }) => deviceNo);
  const mounts = Map.groupBy(await readFileSystems(store.read, orgId, deviceNos), (row) => row.device_no);
  const columnsOf = (deviceNo: number) =>
    new Set((mounts.get(deviceNo) ?? []).flatMap(({ number }) => Object.values(columnsOfMount(number))));
  const span = { from: now - FORECAST_DAYS * DAY_MS, to: now };
  const hours = await history.hours(deviceNos, span, columnsOf);
  return asking.map((device) => {
    const { deviceNo } = device;
    const group = groupOf(rules, device) ?? [];
    const findings = (mounts.get(deviceNo) ?? []).flatMap(({ name, number }) => {
      const rule = ruleForInstance(group, name);
      if (!rule) return [];
      const disk = joinParts(hours.get(deviceNo) ?? [], number);
      return isCurrent(disk, now) ? [findingOf(rule, name, disk)] : [];
    });
    return { deviceNo, findings };
  });
}

function groupOf(rules: RuleSet, device: WatchedDevice): readonly HistoryRule[] | undefined {
  return rules
    .effectiveFor(device)
    .historyGroups.find(([first]) => first.condition.basis.kind === "disk-full");
}

function columnsOfMount(number: number) {
  const { free, used } = LABELLED_METRICS.fileSystem;
  return { free: instanceColumn(free.column, number), used: instanceColumn(used.column, number) };
}

/** The parts of one file system in one. Hours in which it was not reported are left out. */
function joinParts(parts: readonly Averages[], number: number): DiskHistory {
  const columns = columnsOfMount(number);
  const rows = parts.flatMap((part) => {
    const free = part.columns.get(columns.free);
    const used = part.columns.get(columns.used);
    if (!free || !used) return [];
    return Array.from(part.times, (at, index) => [at, free[index], used[index]] as const).filter(
      ([, one, other]) => isKnown(one) && isKnown(other),
    );
  });
  const pick = (position: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[position] ?? Number.NaN);
  return { times: pick(0), free: pick(1), used: pick(2) };
}

function isKnown(value: number | undefined): boolean {
  return value !== undefined && !Number.isNaN(value);
}

function isCurrent({ times }: DiskHistory, now: number): boolean {
  return now - (times.at(-1) ?? Number.NEGATIVE_INFINITY) <= MAX_AGE_MS;
}

function findingOf(rule: HistoryRule, instance: string, disk: DiskHistory): HistoryFinding {
  const { basis } = rule.condition;
  const historyDays = basis.kind === "disk-full" ? basis.historyDays : 0;
  const forecast = forecastDisk(disk, historyDays);
  const common = { ruleId: rule.id, conditionVersion: rule.conditionVersion, instance };
  if (forecast === null) return { ...common, score: null, isExisting: false, facts: {} };
  return {
    ...common,
    score: forecast.daysLeft,
    isExisting: violatesAt(rule, forecast) && wasSoBefore(rule, disk, forecast, historyDays),
    facts: factsOf(forecast),
  };
}

function factsOf({ daysLeft, free, perDay, days, at }: DiskForecast): HistoryFinding["facts"] {
  const value = Math.round(daysLeft * 10) / 10;
  return { value, forecast: { free: Math.round(free), perDay: Math.round(perDay), days, at } };
}

function violatesAt({ condition }: HistoryRule, { daysLeft }: DiskForecast): boolean {
  return Object.values(condition.judge(daysLeft)).some(({ violates }) => violates);
}

/** The same forecast at the time when the rule was made, unless what it is based on began later. */
function wasSoBefore(
  rule: HistoryRule,
  { times, free, used }: DiskHistory,
  { from }: DiskForecast,
  historyDays: number,
): boolean {
  if (!rule.ignoresExisting || from >= rule.createdAt) return false;
  const end = times.findLastIndex((at) => at + HOUR_MS <= rule.createdAt) + 1;
  const before = { times: times.slice(0, end), free: free.slice(0, end), used: used.slice(0, end) };
  const forecast = forecastDisk(before, historyDays);
  return forecast !== null && violatesAt(rule, forecast);
}
