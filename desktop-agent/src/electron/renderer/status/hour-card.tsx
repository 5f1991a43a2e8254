import type { HourPoint, LocalView } from "@muster/shared/contracts/local-agent.ts";
import { useCallback } from "react";
import { ask } from "../frame/bridge.ts";
import { useClock } from "../frame/clock.ts";
import { useResource } from "../frame/use-resource.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { hourLine, type HourMetric, type HourSpan, hourSpan, hourSummary } from "./hour-line.ts";
import classes from "./hour-card.module.css";

const METRICS: readonly HourMetric[] = ["score", "cpu", "memory", "disk"];
const WIDTH = 168;
const HEIGHT = 34;
/** The chart moves in these steps; smaller ones would not be visible. */
const STEP_MS = 15_000;

/** The last hour, or the part with data, as four small charts with a scale from 0 to 100. */
export function HourCard({ view }: { view: LocalView }) {
  const { t, formats } = useTranslations();
  const fetchHour = useCallback(() => ask("read-hour"), []);
  const { value, status, reload } = useResource(fetchHour, view.latest?.sample.at ?? null);
  const untilMs = useClock((nowMs) => Math.ceil(nowMs / STEP_MS) * STEP_MS);
  const points = value ?? [];
  const span = hourSpan(points, untilMs);
  const { startedAtMs } = span;
  const since = startedAtMs === null ? null : { time: formats.clock(startedAtMs) };
  return (
    <Card
      title={t("windows.status.hour.title")}
      tools={since && <span className={classes.since}>{t("windows.status.hour.since", since)}</span>}
    >
      {status === "failed" && (
        <div className={classes.unread}>
          <p>{t("windows.status.hour.unread")}</p>
          <Button onClick={reload}>{t("windows.frame.retry")}</Button>
        </div>
      )}
      {value && points.length === 0 && <p className={classes.none}>{t("windows.status.hour.none")}</p>}
      {(value === null || points.length > 0) && status !== "failed" && (
        <div className={classes.lines} aria-busy={value === null}>
          {METRICS.map((metric) => (
            <HourLine key={metric} metric={metric} points={points} view={view} span={span} />
          ))}
        </div>
      )}
      {points.length > 0 && !span.hasLines && status !== "failed" && (
        <p className={classes.none}>{t("windows.status.hour.starting")}</p>
      )}
    </Card>
  );
}

type HourLineProps = { metric: HourMetric; points: readonly HourPoint[]; view: LocalView; span: HourSpan };

function HourLine({ metric, points, view, span }: HourLineProps) {
  const { t, formats } = useTranslations();
  const line = hourLine(points, metric, { ...span, width: WIDTH, height: HEIGHT });
  const value = currentValue(metric, view);
  const name = t(`windows.status.hour.${metric}`);
  const format = metric === "score" ? formats.whole : formats.percent;
  return (
    <div className={classes.line}>
      <p className={classes.name}>
        {name}
        <strong>{value === null ? t("windows.status.hour.noValue") : format(value)}</strong>
      </p>
      {span.hasLines && (
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={hourSummary(name, line, format, t)}
        >
          <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} className={classes.base} />
          <path d={line.path} className={classes.path} />
        </svg>
      )}
    </div>
  );
}

function currentValue(metric: HourMetric, { latest }: LocalView): number | null {
  if (!latest) return null;
  if (metric !== "score") return latest.sample[metric] ?? null;
  return latest.health.status === "unknown" ? null : latest.health.score;
}
