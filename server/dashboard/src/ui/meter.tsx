import { metricLevelOf } from "@muster/shared/health/metric-level.ts";
import type { HealthMetric } from "@muster/shared/health/score-formula.ts";
import classes from "./meter.module.css";

/** A metric as a share of a whole, with its value. Its colour is the one that the score would have because of it alone. */
export function Meter({
  metric,
  percent,
  text,
  label,
}: {
  metric: HealthMetric;
  percent: number | undefined;
  text: string;
  label: string;
}) {
  const level = percent === undefined ? "ok" : metricLevelOf(metric, percent);
  return (
    <span className={classes.meter} role="img" aria-label={`${label} ${text}`} title={`${label} ${text}`}>
      <span className={classes.value}>{text}</span>
      <span className={classes.bar}>
        <i data-level={level} style={{ width: `${percent ?? 0}%` }} />
      </span>
    </span>
  );
}
