import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { HEALTH_METRICS } from "@muster/shared/health/score-formula.ts";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { isReporting } from "../fleet/shown-state.ts";
import classes from "./health-bar.module.css";

/** The health number and, as a bar of 100 points, what each metric costs. */
export function HealthBar({ device }: { device: DeviceDetail }) {
  const { t } = useWords();
  const formats = useFormats();
  const { health, metrics } = device;
  if (health.status === "unknown") {
    const missing = health.missing.map((metric) => t(`states.metric.${metric}`));
    return (
      <p className={classes.unknown}>{t("device.health.unknown", { metrics: formats.list(missing) })}</p>
    );
  }
  const reasons = HEALTH_METRICS.filter((metric) => health.lost[metric] > 0)
    .toSorted((a, b) => health.lost[b] - health.lost[a])
    .map((metric) => ({
      metric,
      points: health.lost[metric],
      text: t("device.health.lost", {
        metric: t(`states.metric.${metric}`),
        value: metrics[metric] === undefined ? "–" : formats.percent(metrics[metric]),
        points: health.lost[metric],
      }),
    }));
  return (
    <div className={classes.health} data-old={!isReporting(device) || undefined}>
      <strong className={classes.score} data-status={health.status}>
        {health.score}
        <small>{t("device.health.of")}</small>
      </strong>
      <div className={classes.bar} aria-hidden="true">
        <i className={classes.kept} data-status={health.status} style={{ flexGrow: health.score }} />
        {reasons.map(({ metric, points, text }) => (
          <i key={metric} className={classes.lost} style={{ flexGrow: points }} title={text}>
            {points >= 6 ? `−${points}` : ""}
          </i>
        ))}
      </div>
      <ul className={classes.reasons}>
        {reasons.length === 0 && <li>{t("device.health.nothingLost")}</li>}
        {reasons.map(({ metric, text }) => (
          <li key={metric}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
