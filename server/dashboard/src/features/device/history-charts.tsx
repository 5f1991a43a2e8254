import { UnstyledButton } from "@mantine/core";
import { ChevronDown, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { ChartsProvider, useCharts } from "./chart-context.tsx";
import { ChartToolbar } from "./chart-toolbar.tsx";
import { boundSpan, CHART_GROUPS, type ChartGroup, useChartView, viewerTimeZone } from "./chart-view.ts";
import classes from "./chart.module.css";
import { deviceChartList, DeviceCharts } from "./device-charts.tsx";
import { LabelledCharts } from "./labelled-chart.tsx";
import { useHistory } from "./use-history.ts";

const MAIN = deviceChartList(["cpu", "memory", "disk", "network"]);
const DISKS = deviceChartList(["diskThroughput"]);
const SYSTEM = deviceChartList(["load", "temperature", "battery"]);

/** Each group is read when it is opened. */
const GROUPS: Record<ChartGroup, ReactNode> = {
  disks: (
    <>
      <LabelledCharts kind="fileSystem" names={["fileSystems", "freeSpace"]} />
      <DeviceCharts list={DISKS} isOptional />
    </>
  ),
  interfaces: <LabelledCharts kind="networkInterface" names={["networkInterfaces"]} />,
  system: <DeviceCharts list={SYSTEM} isOptional />,
};

type HistoryChartsProps = {
  id: string;
  name: string;
  lastReportAt: string | null;
  /** As the device reports it. */
  timeZone: string | undefined;
};

/** The device's metrics over time. All charts share one period and one cursor. */
export function HistoryCharts({ timeZone, ...device }: HistoryChartsProps) {
  const { t } = useTranslations();
  const [view, change] = useChartView();
  const otherTimeZone = differingZone(timeZone);
  const toggle = (group: ChartGroup) => {
    const { groups } = view;
    change({ groups: groups.includes(group) ? groups.filter((one) => one !== group) : [...groups, group] });
  };
  return (
    <ChartsProvider
      device={{ ...device, timeZone: otherTimeZone }}
      view={view}
      onSpan={(span) => change({ period: boundSpan(span) })}
    >
      <section>
        <div className={classes.bar}>
          <h2>{t("device.charts.title")}</h2>
          <ChartToolbar view={view} onChange={change} otherTimeZone={otherTimeZone} />
        </div>
        <Notes />
        <div className={classes.charts}>
          <DeviceCharts list={MAIN} />
        </div>
        {CHART_GROUPS.map((group) => (
          <Group
            key={group}
            group={group}
            isOpen={view.groups.includes(group)}
            onToggle={() => toggle(group)}
          />
        ))}
      </section>
    </ChartsProvider>
  );
}

/** The span, where it does not end now, and what the marks on the time axis are. */
function Notes() {
  const { t } = useTranslations();
  const { of, formats, marks } = useCharts();
  const { data } = useHistory(of, MAIN.metrics);
  const { period } = of;
  const hasMarks = data !== undefined && marks.some((at) => at >= data.fromMs && at <= data.toMs);
  if (typeof period === "string" && !hasMarks) return null;
  return (
    <p className={classes.notes}>
      {typeof period !== "string" && (
        <span>{`${formats.minute(period.fromMs)} – ${formats.minute(period.toMs)}`}</span>
      )}
      {hasMarks && <span>{t("actions.marks")}</span>}
    </p>
  );
}

function Group({ group, isOpen, onToggle }: { group: ChartGroup; isOpen: boolean; onToggle: () => void }) {
  const { t } = useTranslations();
  return (
    <section className={classes.group}>
      <h3>
        <UnstyledButton aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? <ChevronDown size={16} /> : <ChevronRight size={16} />}
          {t(`device.charts.groups.${group}`)}
        </UnstyledButton>
      </h3>
      {isOpen && <div className={classes.charts}>{GROUPS[group]}</div>}
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
