import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { useClock } from "../../ui/clock.ts";
import { Meter } from "../../ui/meter.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { Sparkline } from "../../ui/sparkline.tsx";
import { StateIcon } from "../../ui/state-icon.tsx";
import type { ColumnName } from "./columns.ts";
import classes from "./device-cells.module.css";
import { isReporting, shownState } from "./shown-state.ts";
import { useReasonText } from "./use-reason-text.ts";

export type Trend = readonly (number | null)[] | undefined;
type CellProps = { device: DeviceSummary; trend: Trend };

/** From where on the health formula takes points away, in percent. */
export const POINTS_LOST_FROM = { cpu: 50, memory: 60, disk: 70 } as const;

const IDLE_FROM_MS = 5 * 60_000;

/** What stands in each column. */
export const CELLS: Record<ColumnName, (props: CellProps) => ReactNode> = {
  name: ({ device }) => <NameCell device={device} />,
  score: ({ device }) => <ScoreCell device={device} />,
  reason: ({ device }) => <ReasonCell device={device} />,
  customer: ({ device }) => <TextCell text={device.customer} />,
  os: ({ device }) => <OsCell device={device} />,
  user: ({ device }) => <UserCell device={device} />,
  lastReport: ({ device }) => <LastReportCell device={device} />,
  trend: ({ trend }) => <TrendCell trend={trend} />,
  cpu: ({ device }) => <MetricCell device={device} metric="cpu" />,
  memory: ({ device }) => <MetricCell device={device} metric="memory" />,
  disk: ({ device }) => <MetricCell device={device} metric="disk" />,
  tags: ({ device }) => <TextCell text={device.tags.join(", ")} />,
  address: ({ device }) => <TextCell text={device.address} />,
  serial: ({ device }) => <TextCell text={device.serial} />,
  agent: ({ device }) => <TextCell text={device.agentVersion} />,
};

export function NameCell({ device }: { device: DeviceSummary }) {
  return (
    <span className={classes.name}>
      <StateIcon state={shownState(device)} />
      <Link href={`/devices/${device.id}`} tabIndex={-1} title={plainName(device.name)}>
        <bdi>{plainName(device.name)}</bdi>
      </Link>
      <Flags device={device} />
    </span>
  );
}

function Flags({ device }: { device: DeviceSummary }) {
  const { t } = useWords();
  const isPaused = device.presence.paused !== null && shownState(device) !== "paused";
  return (
    <>
      {isPaused && <StateIcon state="paused" size={12} />}
      {device.rebootRequired && (
        <span className={classes.flag} title={t("fleet.row.rebootRequired")}>
          <RotateCw size={13} role="img" aria-label={t("fleet.row.rebootRequired")} />
        </span>
      )}
    </>
  );
}

export function ScoreCell({ device }: { device: DeviceSummary }) {
  const isOld = !isReporting(device);
  const text = device.health.status === "unknown" ? "–" : device.health.score;
  return (
    <span className={classes.score} data-old={isOld || undefined}>
      {text}
    </span>
  );
}

export function ReasonCell({ device }: { device: DeviceSummary }) {
  const reasonText = useReasonText();
  const text = useClock((nowMs) => reasonText(device, nowMs));
  const level = shownState(device) === "absent" ? "critical" : device.attention.level;
  return (
    <span className={classes.reason} data-level={level} title={text}>
      {text}
    </span>
  );
}

function TextCell({ text }: { text: string | null }) {
  return (
    <bdi className={classes.text} title={text ?? undefined}>
      {text}
    </bdi>
  );
}

function OsCell({ device }: { device: DeviceSummary }) {
  const { t } = useWords();
  return (
    <span className={classes.text} title={device.osName ?? undefined}>
      {t(`states.os.${device.osFamily}`)}
    </span>
  );
}

export function UserCell({ device }: { device: DeviceSummary }) {
  const { t } = useWords();
  const formats = useFormats();
  const { user, idleSince } = device;
  const idle = useClock((nowMs) => idleWords(idleSince, nowMs));

  function idleWords(since: string | null, nowMs: number): string {
    const idleMs = since === null ? 0 : nowMs - Date.parse(since);
    return idleMs < IDLE_FROM_MS ? "" : formats.duration(idleMs);
  }
  if (user === null) return null;
  return (
    <span className={classes.text} title={user}>
      <bdi>{user}</bdi>
      {idle !== "" && isReporting(device) && <small> · {t("fleet.row.idle", { time: idle })}</small>}
    </span>
  );
}

export function LastReportCell({ device }: { device: DeviceSummary }) {
  const { t } = useWords();
  if (device.lastReportAt === null) return <span className={classes.text}>{t("fleet.row.noReport")}</span>;
  return (
    <span className={classes.time}>
      <RelativeTime at={device.lastReportAt} />
    </span>
  );
}

export function TrendCell({ trend }: { trend: Trend }) {
  const { t } = useWords();
  const formats = useFormats();
  if (trend === undefined) return null;
  const known = trend.filter((value) => value !== null);
  const label =
    known.length === 0
      ? t("fleet.row.noTrend")
      : t("fleet.row.trend", {
          min: formats.percent(Math.min(...known)),
          max: formats.percent(Math.max(...known)),
          now: formats.percent(known.at(-1) ?? 0),
        });
  return <Sparkline values={trend} label={label} />;
}

function MetricCell({ device, metric }: { device: DeviceSummary; metric: "cpu" | "memory" | "disk" }) {
  const { t } = useWords();
  const formats = useFormats();
  const percent = device.metrics[metric];
  return (
    <span className={classes.metric} data-old={!isReporting(device) || undefined}>
      <Meter
        percent={percent}
        text={percent === undefined ? "–" : formats.percent(percent)}
        label={t(`states.metric.${metric}`)}
        from={POINTS_LOST_FROM[metric]}
      />
    </span>
  );
}
