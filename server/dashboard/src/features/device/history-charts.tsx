import { UnstyledButton } from "@mantine/core";
import { ChevronDown, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { AlarmMarks, useAlarmBands } from "../alarms/alarm-marks.tsx";
import { ChartsProvider, useCharts } from "./chart-context.tsx";
import { ChartToolbar } from "./chart-toolbar.tsx";
import {
  boundSpan,
  CHART_GROUPS,
  type ChartGroup,
  type Span,
  useChartView,
  viewerTimeZone,
} from "./chart-view.ts";
import classes from "./chart.module.css";
import type { CurrentValues } from "./history-window.ts";
import { deviceChartList, DeviceCharts } from "./device-charts.tsx";
import { labelledChartLists, LabelledCharts } from "./labelled-chart.tsx";

const MAIN = deviceChartList("main");
const GROUPS = CHART_GROUPS.map((group) => ({
  group,
  list: deviceChartList(group),
  labelled: labelledChartLists(group),
}));

type HistoryChartsProps = {
  id: string;
  name: string;
  lastReportAt: string | null;
  /** The values that the device has now; empty while it does not report. */
  current: CurrentValues;
  /** As the device reports it. */
  timeZone: string | undefined;
};

/** The device's metrics over time. All charts share one period and one cursor. */
export function HistoryCharts({ timeZone, ...device }: HistoryChartsProps) {
  const { t } = useTranslations();
  const [view, change] = useChartView();
  const bands = useAlarmBands(device.id);
  const otherTimeZone = differingZone(timeZone);
  const toggle = (group: ChartGroup) => {
    const { groups } = view;
    change({ groups: groups.includes(group) ? groups.filter((one) => one !== group) : [...groups, group] });
  };
  return (
    <ChartsProvider
      device={{ ...device, timeZone: otherTimeZone }}
      view={view}
      bands={bands}
      onSpan={(span) => change({ period: boundSpan(span) })}
    >
      <section>
        <div className={classes.bar}>
          <h2>{t("device.charts.title")}</h2>
          <ChartToolbar view={view} onChange={change} otherTimeZone={otherTimeZone} />
        </div>
        <div className={classes.charts}>
          <DeviceCharts list={MAIN} header={Notes} />
        </div>
        {GROUPS.map(({ group, list, labelled }) => (
          <Group
            key={group}
            group={group}
            isOpen={view.groups.includes(group)}
            onToggle={() => toggle(group)}
          >
            {labelled.map((charts) => (
              <LabelledCharts key={charts.kind} {...charts} />
            ))}
            <DeviceCharts list={list} isOptional />
          </Group>
        ))}
      </section>
    </ChartsProvider>
  );
}

/** The span, where it does not end now, and what the marks on the time axis are. */
function Notes({ window: { fromMs, toMs } }: { window: Span }) {
  const { t } = useTranslations();
  const {
    of: { id, period },
    formats,
    marks,
  } = useCharts();
  const hasMarks = marks.some((at) => at >= fromMs && at <= toMs);
  const alarms = <AlarmMarks deviceId={id} fromMs={fromMs} toMs={toMs} formats={formats} />;
  if (typeof period === "string" && !hasMarks) return <div className={classes.notes}>{alarms}</div>;
  return (
    <div className={classes.notes}>
      {typeof period !== "string" && (
        <span>{`${formats.minute(period.fromMs)} – ${formats.minute(period.toMs)}`}</span>
      )}
      {hasMarks && <span>{t("actions.marks")}</span>}
      {alarms}
    </div>
  );
}

type GroupProps = { group: ChartGroup; isOpen: boolean; onToggle: () => void; children: ReactNode };

/** Charts that are read when the group is opened. */
function Group({ group, isOpen, onToggle, children }: GroupProps) {
  const { t } = useTranslations();
  return (
    <section className={classes.group}>
      <h3>
        <UnstyledButton aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? <ChevronDown size={16} /> : <ChevronRight size={16} />}
          {t(`device.charts.groups.${group}`)}
        </UnstyledButton>
      </h3>
      {isOpen && <div className={classes.charts}>{children}</div>}
    </section>
  );
}

/** A device's time zone, where it is one and differs from the viewer's. */
function differingZone(timeZone: string | undefined): string | undefined {
  if (timeZone === undefined) return undefined;
  try {
    const { timeZone: known } = Intl.DateTimeFormat(undefined, { timeZone }).resolvedOptions();
    return known === viewerTimeZone() ? undefined : known;
  } catch {
    return undefined;
  }
}
