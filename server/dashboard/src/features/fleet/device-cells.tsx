import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { HealthMetric } from "@muster/shared/health/score-formula.ts";
import { RotateCw } from "lucide-react";
import { Fragment } from "react";
import { Link } from "wouter";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { useClock } from "../../ui/clock.ts";
import { Meter } from "../../ui/meter.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateIcon } from "../../ui/state-icon.tsx";
import classes from "./device-cells.module.css";
import { hasCurrentMetrics, isReporting, shownState } from "./device-state.ts";
import { TagLink } from "./tag-link.tsx";
import { useReasonText } from "./use-reason-text.ts";

const IDLE_FROM_MS = 5 * 60_000;

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
  const { t } = useTranslations();
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
  const isOld = !hasCurrentMetrics(device);
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

export function TextCell({ text }: { text: string | null }) {
  return (
    <bdi className={classes.text} title={text ?? undefined}>
      {text}
    </bdi>
  );
}

/** The tags of a device; each leads to the devices that have it. */
export function TagsCell({ device }: { device: DeviceSummary }) {
  return (
    <span className={classes.text} title={device.tags.join(", ")}>
      {device.tags.map((tag, index) => (
        <Fragment key={tag}>
          {index > 0 && ", "}
          <TagLink tag={tag} isInRow />
        </Fragment>
      ))}
    </span>
  );
}

export function OsCell({ device }: { device: DeviceSummary }) {
  const { t } = useTranslations();
  return (
    <span className={classes.text} title={device.osName ?? undefined}>
      {t(`states.os.${device.osFamily}`)}
    </span>
  );
}

export function UserCell({ device }: { device: DeviceSummary }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { user, idleSince } = device;
  const idle = useClock((nowMs) => idleText(idleSince, nowMs));

  function idleText(since: string | null, nowMs: number): string {
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
  const { t } = useTranslations();
  if (device.lastReportAt === null) return <span className={classes.text}>{t("fleet.row.noReport")}</span>;
  return (
    <span className={classes.time}>
      <RelativeTime at={device.lastReportAt} />
    </span>
  );
}

export function MetricCell({ device, metric }: { device: DeviceSummary; metric: HealthMetric }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const percent = device.metrics[metric];
  return (
    <span className={classes.metric} data-old={!hasCurrentMetrics(device) || undefined}>
      <Meter
        metric={metric}
        percent={percent}
        text={percent === undefined ? "–" : formats.percent(percent)}
        label={t(`states.metric.${metric}`)}
      />
    </span>
  );
}
