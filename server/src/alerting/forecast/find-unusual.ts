import { METRICS } from "@muster/shared/contracts/metric-table.ts";
import type { MetricName } from "@muster/shared/contracts/metric.ts";
import {
  type Averages,
  findHistoryDevices,
  type HistoryBatches,
  type WatchedDevice,
} from "../../fleet/index.ts";
import type { ReadStore } from "../../platform/database/read-store.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import type { HistoryRule, RuleSet } from "../evaluation/effective-rules.ts";
import type { DeviceFindings, HistoryFinding } from "./history-finding.ts";
import { deviationOf, usualOf, usualSpans } from "./judge-usual.ts";

/** How often unusual values are looked for, and what one value is the average of. */
export const UNUSUAL_EVERY_MS = 300_000;

type Wanted = { orgId: string; rules: RuleSet; devices: readonly WatchedDevice[]; now: number };
type UnusualRule = { rule: HistoryRule; metric: MetricName };

/** Compares the newest five minutes of a batch of devices with the same time of the four weeks before. */
export async function findUnusual(
  store: ReadStore,
  history: HistoryBatches,
  { orgId, rules, devices, now }: Wanted,
): Promise<DeviceFindings[]> {
  const asked = new Map(devices.map((device) => [device.deviceNo, rulesOf(rules, device)]));
  const asking = devices.filter(({ deviceNo }) => (asked.get(deviceNo) ?? []).length > 0);
  if (asking.length === 0) return [];
  const deviceNos = asking.map(({ deviceNo }) => deviceNo);
  const columnsOf = (deviceNo: number) =>
    new Set((asked.get(deviceNo) ?? []).map(({ metric }) => METRICS[metric].column));
  const past: ReadonlyMap<number, readonly Averages[]>[] = [];
  for (const span of usualSpans(now)) past.push(await history.fiveMinutes(deviceNos, span, columnsOf));
  const tenant = wholeOrganization(orgId);
  const ids = asking.map(({ deviceId }) => deviceId);
  const known = await findHistoryDevices(store.read, tenant, ids);
  const recent = { from: now - UNUSUAL_EVERY_MS, to: now };
  const found: DeviceFindings[] = [];
  for (const { deviceNo, deviceId } of asking) {
    const parts = past.flatMap((week) => week.get(deviceNo) ?? []);
    const head = known.get(deviceId)?.journalHead ?? null;
    const findings: HistoryFinding[] = [];
    for (const { rule, metric } of asked.get(deviceNo) ?? []) {
      const { column } = METRICS[metric];
      const value = await history.newest(head, recent, column);
      const finding = Number.isNaN(value) ? null : findingOf(rule, metric, { value, parts, now });
      if (finding) findings.push(finding);
    }
    found.push({ deviceNo, findings });
  }
  return found;
}

function rulesOf(rules: RuleSet, device: WatchedDevice): UnusualRule[] {
  return rules.effectiveFor(device).historyGroups.flatMap(([rule]) => {
    const { basis } = rule.condition;
    return basis.kind === "unusual" ? [{ rule, metric: basis.metric }] : [];
  });
}

/** Null while too little is known of what is usual. */
function findingOf(
  rule: HistoryRule,
  metric: MetricName,
  { value, parts, now }: { value: number; parts: readonly Averages[]; now: number },
): HistoryFinding | null {
  const { column, digits } = METRICS[metric];
  const values = parts.flatMap(({ columns }) => [...(columns.get(column) ?? [])]);
  const usual = usualOf(
    metric,
    values.filter((one) => !Number.isNaN(one)),
  );
  if (!usual) return null;
  const factor = 10 ** digits;
  const written = (one: number) => Math.round(one * factor) / factor;
  const { middle, spread, count } = usual;
  const { low, high } = rangeOf(rule, metric, { middle, spread });
  return {
    ruleId: rule.id,
    conditionVersion: rule.conditionVersion,
    instance: null,
    score: deviationOf(value, usual),
    // What is unusual at the first looks of a rule was so before it.
    isExisting: rule.ignoresExisting && now - rule.createdAt < 2 * UNUSUAL_EVERY_MS,
    facts: {
      value: written(value),
      text: metric,
      usual: { low: written(low), high: written(high), middle: written(middle), count },
    },
  };
}

/** The values that the rule does not call unusual, within what the metric can be. */
function rangeOf(
  { condition: { basis } }: HistoryRule,
  metric: MetricName,
  { middle, spread }: { middle: number; spread: number },
): { low: number; high: number } {
  const { min, max } = METRICS[metric];
  const distance = (basis.kind === "unusual" ? basis.factor : 0) * spread;
  return { low: Math.max(min, middle - distance), high: Math.min(max, middle + distance) };
}
