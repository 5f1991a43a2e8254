import type { DeviceSort, DeviceSummary } from "@muster/shared/contracts/device.ts";
import { attentionRank } from "@muster/shared/health/attention-rank.ts";
import type { HealthMetric } from "@muster/shared/health/score-formula.ts";
import { LAST_SORT_KEY, naturalSortKey } from "@muster/shared/natural-order.ts";
import {
  LastReportCell,
  MetricCell,
  NameCell,
  OsCell,
  ReasonCell,
  ScoreCell,
  TagsCell,
  TextCell,
  UserCell,
} from "./device-cells.tsx";
import type { FleetColumnDefinition, SortKey } from "./fleet-column.ts";
import { TrendCell } from "./trend.tsx";
import { CustomerLink } from "../customers/customer-link.tsx";

/** The columns of the fleet's table, from left to right. The table, its menu, sorting and the CSV export are derived from them. */
export const FLEET_COLUMNS = [
  {
    id: "name",
    minPx: 180,
    share: 1.8,
    isDefault: true,
    cell: ({ device }) => <NameCell device={device} />,
    sort: { by: "name", key: ({ name }) => naturalSortKey(name) },
    csv: {
      id: ({ id }) => id,
      name: ({ name }) => name,
      hostname: ({ hostname }) => hostname,
      reboot_required: ({ rebootRequired }) => rebootRequired,
    },
  },
  {
    id: "score",
    minPx: 60,
    share: 0,
    isDefault: true,
    cell: ({ device }) => <ScoreCell device={device} />,
    sort: { by: "score", key: ({ health }) => (health.status === "unknown" ? 101 : health.score) },
    csv: {
      health: ({ health }) => health.status,
      score: ({ health }) => (health.status === "unknown" ? null : health.score),
    },
  },
  {
    id: "reason",
    minPx: 250,
    share: 3,
    isDefault: true,
    cell: ({ device }) => <ReasonCell device={device} />,
    sort: { by: "attention", key: ({ attention }) => attentionRank(attention) },
    csv: {
      attention: ({ attention }) => attention.level,
      presence: ({ presence }) => presence.shown,
      presence_since: ({ presence }) => presence.since,
    },
  },
  {
    id: "customer",
    minPx: 100,
    share: 1,
    isDefault: true,
    cell: ({ device }) => <CustomerLink device={device} isInRow />,
    sort: {
      by: "customer",
      key: ({ customer }) => (customer === null ? LAST_SORT_KEY : naturalSortKey(customer)),
    },
    csv: { customer: ({ customer }) => customer },
  },
  {
    id: "os",
    minPx: 84,
    share: 0,
    isDefault: true,
    cell: ({ device }) => <OsCell device={device} />,
    sort: null,
    csv: { class: (device) => device.class, os: ({ osFamily }) => osFamily, os_name: ({ osName }) => osName },
  },
  {
    id: "user",
    minPx: 96,
    share: 1,
    isDefault: true,
    cell: ({ device }) => <UserCell device={device} />,
    sort: null,
    csv: { user: ({ user }) => user },
  },
  {
    id: "lastReport",
    minPx: 118,
    share: 0,
    isDefault: true,
    cell: ({ device }) => <LastReportCell device={device} />,
    sort: {
      by: "lastReport",
      key: ({ lastReportAt }) => (lastReportAt === null ? 0 : -Date.parse(lastReportAt)),
    },
    csv: { last_report: ({ lastReportAt }) => lastReportAt },
  },
  {
    id: "trend",
    minPx: 96,
    share: 0,
    isDefault: true,
    cell: ({ trend }) => <TrendCell trend={trend} />,
    sort: null,
    csv: null,
  },
  { id: "cpu", ...metricColumn("cpu"), csv: { cpu_percent: ({ metrics }) => metrics.cpu } },
  { id: "memory", ...metricColumn("memory"), csv: { memory_percent: ({ metrics }) => metrics.memory } },
  {
    id: "disk",
    ...metricColumn("disk"),
    csv: {
      disk_percent: ({ metrics }) => metrics.disk,
      disk_free_bytes: ({ metrics }) => metrics.diskFree,
    },
  },
  {
    id: "tags",
    minPx: 140,
    share: 1,
    isDefault: false,
    cell: ({ device }) => <TagsCell device={device} />,
    sort: null,
    csv: { tags: ({ tags }) => tags.join(" ") },
  },
  {
    id: "address",
    minPx: 130,
    share: 0.5,
    isDefault: false,
    cell: ({ device }) => <TextCell text={device.address} />,
    sort: null,
    csv: { address: ({ address }) => address },
  },
  {
    id: "serial",
    minPx: 120,
    share: 0.5,
    isDefault: false,
    cell: ({ device }) => <TextCell text={device.serial} />,
    sort: null,
    csv: { serial: ({ serial }) => serial },
  },
  {
    id: "agent",
    minPx: 76,
    share: 0,
    isDefault: false,
    cell: ({ device }) => <TextCell text={device.agentVersion} />,
    sort: null,
    csv: { agent_version: ({ agentVersion }) => agentVersion },
  },
] as const satisfies readonly FleetColumnDefinition[];

export type FleetColumn = (typeof FLEET_COLUMNS)[number];

/** What a list is ordered by: worst, highest or newest first, unknown last. */
export function sortKeyOf(sort: DeviceSort): (device: DeviceSummary) => SortKey {
  const column = FLEET_COLUMNS.find((one) => one.sort?.by === sort);
  if (!column?.sort) throw new Error(`No column of the fleet sorts by "${sort}".`);
  return column.sort.key;
}

function metricColumn(metric: HealthMetric) {
  return {
    minPx: 96,
    share: 0,
    isDefault: false,
    cell: ({ device }) => <MetricCell device={device} metric={metric} />,
    sort: { by: metric, key: ({ metrics }) => -(metrics[metric] ?? -1) },
  } as const satisfies Omit<FleetColumnDefinition, "id" | "csv">;
}
