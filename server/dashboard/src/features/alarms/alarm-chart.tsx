import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { INSTANCE_KINDS, METRIC_NAMES, METRICS } from "@muster/shared/contracts/metric-table.ts";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { ChartsProvider } from "../device/chart-context.tsx";
import type { ChartBand, ChartLevel } from "../device/chart-options.ts";
import { boundSpan, type ChartView, DAY_MS, type Span } from "../device/chart-view.ts";
import { deviceChartList, type DeviceChartList, DeviceCharts } from "../device/device-charts.tsx";
import { InstanceChart } from "../device/labelled-chart.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./alarm-page.module.css";
import { bandOf } from "./alarm-marks.tsx";
import { SEVERITY_COLOURS } from "./alarm-severity.tsx";
import { guidesOf, spanOfForecast } from "./history-guides.ts";
import { useAlarmText } from "./use-alarm-text.ts";

const MIN_AROUND_MS = 30 * 60_000;
const MAX_AROUND_MS = DAY_MS;
const MAIN = deviceChartList("main");
const NOTHING_NOW = {};

type AlarmChartProps = { alarm: Alarm; device: { id: string; name: string } };

/** The metric of an alarm around the event, with its levels as lines and the event marked; other alarms show the main metrics. */
export function AlarmChart({ alarm, device }: AlarmChartProps) {
  const { t } = useTranslations();
  const [openedPageAt] = useState(Date.now);
  const [zoomed, setZoomed] = useState<Span | null>(null);
  const levels = useLevels(alarm);
  const bands = useMemo((): ChartBand[] => [bandOf(alarm, true)], [alarm]);
  const guides = useMemo(() => guidesOf(alarm.facts), [alarm.facts]);
  const view = useMemo(
    (): ChartView => ({
      period: zoomed ?? spanOfAlarm(alarm, openedPageAt),
      compare: null,
      isDeviceTime: false,
      groups: [],
    }),
    [zoomed, alarm, openedPageAt],
  );
  const shown = useMemo(
    () => ({
      id: device.id,
      name: plainName(device.name),
      lastReportAt: null,
      timeZone: undefined,
      current: NOTHING_NOW,
    }),
    [device.id, device.name],
  );
  return (
    <section className={classes.section}>
      <h2>{t("alarmPages.page.chart")}</h2>
      <ChartText alarm={alarm} levels={levels} />
      <ChartsProvider
        device={shown}
        view={view}
        bands={bands}
        levels={levels}
        guides={guides}
        onSpan={(span) => setZoomed(boundSpan(span))}
      >
        <div className={classes.chart}>
          <Metric alarm={alarm} />
        </div>
      </ChartsProvider>
    </section>
  );
}

function Metric({ alarm }: { alarm: Alarm }) {
  const key = metricKeyOf(alarm);
  const kind = INSTANCE_KINDS.find((one) => key.startsWith(`${one}.`));
  const metric = METRIC_NAMES.find((one) => one === key);
  const name = metric && METRICS[metric].chart;
  const list = useMemo(
    (): DeviceChartList =>
      metric && name ? { charts: [{ name, metrics: [metric] }], metrics: [metric] } : MAIN,
    [metric, name],
  );
  if (kind && alarm.instance !== null) {
    return <InstanceChart kind={kind} metricKey={key} instance={alarm.instance} />;
  }
  return <DeviceCharts list={list} />;
}

function metricKeyOf({ type, facts }: Alarm): string {
  if (type === "disk-full") return "fileSystem.free";
  return type === "metric" || type === "unusual" ? (facts.text ?? "") : "";
}

/** What the marks of the chart are, for those who do not see them. */
function ChartText({ alarm, levels }: { alarm: Alarm; levels: readonly ChartLevel[] }) {
  const { t, formats } = useTranslations();
  const { valuesOf } = useAlarmText();
  const { format } = valuesOf(alarm);
  const from = formats.minute(alarm.openedAt);
  return (
    <p className={classes.hint}>
      {alarm.endedAt === null
        ? t("alarmPages.page.chartOpen", { from })
        : t("alarmPages.page.chartText", { from, to: formats.minute(alarm.endedAt) })}
      {format !== null && levels.length > 0 && (
        <> {t("alarmPages.page.levels", { list: formats.list(levels.map(({ value }) => format(value))) })}.</>
      )}
      {alarm.facts.forecast && <> {t("alarmPages.page.projection")}</>}
      {alarm.facts.usual && <> {t("alarmPages.page.usualBand")}</>}
    </p>
  );
}

/** The levels of the rule as it is now; where the reader may not read rules or it is gone, the level that was crossed. */
function useLevels({ type, rule, facts, severity }: Alarm): readonly ChartLevel[] {
  const { customers: limit } = useSession();
  const rules = useQuery({ ...queries.alarmRules(), enabled: limit === null && type === "metric" });
  const settings = rules.data?.items.find(({ id }) => id === rule?.id)?.settings;
  const { threshold } = facts;
  return useMemo(() => {
    if (type !== "metric") return [];
    const { warning, critical } = settings ?? {};
    const levels: ChartLevel[] = [];
    if (typeof warning === "number") levels.push({ value: warning, colour: SEVERITY_COLOURS.warning });
    if (typeof critical === "number") levels.push({ value: critical, colour: SEVERITY_COLOURS.critical });
    if (levels.length === 0 && threshold !== undefined) {
      levels.push({ value: threshold, colour: SEVERITY_COLOURS[severity] });
    }
    return levels;
  }, [type, settings, threshold, severity]);
}

/** The alarm with half of its length before and after it: at least 30 minutes, and at most a day. */
function spanOfAlarm({ openedAt, endedAt, facts }: Alarm, nowMs: number): Span {
  const forecast = spanOfForecast(facts);
  if (forecast) return boundSpan(forecast);
  const begin = Math.min(Date.parse(openedAt), facts.since ?? Number.POSITIVE_INFINITY);
  const end = endedAt === null ? nowMs : Date.parse(endedAt);
  const around = Math.min(MAX_AROUND_MS, Math.max(MIN_AROUND_MS, (end - begin) / 2));
  return boundSpan({ fromMs: begin - around, toMs: Math.min(nowMs, end + around) });
}
