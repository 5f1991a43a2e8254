import { ActionIcon, Menu, VisuallyHidden } from "@mantine/core";
import type { Metric } from "@muster/shared/contracts/metric-table.ts";
import { csvText } from "@muster/shared/csv.ts";
import { Ellipsis } from "lucide-react";
import { type ReactNode, useMemo, useRef } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { downloadCsv, downloadPng } from "../../ui/download.ts";
import { useCharts } from "./chart-context.tsx";
import type { ChartLine, ComparedWindow } from "./chart-options.ts";
import classes from "./chart.module.css";
import { Chart, type ChartHandle } from "./chart.tsx";
import { DAY_MS } from "./chart-view.ts";
import {
  type CurrentValues,
  historyRows,
  type HistoryWindow,
  newestValue,
  summarize,
  valueAt,
} from "./history-window.ts";

/** The metrics of the lines share a scale: their unit is that of the first one. */
type FigureLine = ChartLine & { metric: Metric };

type ChartFigureProps = {
  title: string;
  lines: readonly FigureLine[];
  scale: Metric;
  window: HistoryWindow;
  compared: ComparedWindow | null;
  /** True while what is shown belongs to another period than the chosen one. */
  isOutdated: boolean;
  children?: ReactNode;
};

/** A chart with its legend, which shows the values under the cursor, its text alternative and its exports. */
export function ChartFigure(props: ChartFigureProps) {
  const { title, lines, scale, window, compared, isOutdated, children } = props;
  const { t } = useTranslations();
  const { formats, compare, current } = useCharts();
  const handle = useRef<ChartHandle>(null);
  const format = formats.ofUnit(scale.unit);
  const summaries = useMemo(
    () => lines.map((line) => ({ line, summary: summarize(window.history, line.series) })),
    [lines, window],
  );
  const summaryText = useSummaryText(format);
  const isEmpty = summaries.every(({ summary }) => summary === null);
  return (
    <figure className={classes.figure} aria-busy={isOutdated} data-outdated={isOutdated || undefined}>
      <figcaption className={classes.caption}>
        <h3>{title}</h3>
        <Legend summaries={summaries} window={window} compared={compared} format={format} />
        <VisuallyHidden>
          {lines.map(({ series, name }) => (
            <p key={series}>{summaryText(window, series, name, current)}</p>
          ))}
          {compared && compare && (
            <>
              <p>{t(`device.charts.compare.${compare}`)}</p>
              {lines.map(({ series, name }) => (
                <p key={series}>{summaryText(compared.window, series, name)}</p>
              ))}
            </>
          )}
        </VisuallyHidden>
        {!isEmpty && <ExportMenu title={title} lines={lines} window={window} handle={handle} />}
      </figcaption>
      {isEmpty ? (
        <p className={classes.empty}>{t("device.charts.empty")}</p>
      ) : (
        <Chart ref={handle} window={window} compared={compared} lines={lines} scale={scale} format={format} />
      )}
      {children}
    </figure>
  );
}

/** The text alternative of a line. */
function useSummaryText(format: (value: number) => string) {
  const { t } = useTranslations();
  return ({ history }: HistoryWindow, series: string, name: string, current: CurrentValues = {}): string => {
    const summary = summarize(history, series);
    if (summary === null) return `${name}: ${t("device.charts.empty")}`;
    const { last, avg, min, max, gaps } = summary;
    const newest = newestValue(current, series, last);
    return t(newest.isNow ? "device.charts.summary" : "device.charts.summaryLast", {
      name,
      last: format(newest.value),
      avg: format(avg),
      min: format(min),
      max: format(max),
      gaps: gaps === 0 ? t("device.charts.noGaps") : t("device.charts.gaps", { count: gaps }),
    });
  };
}

type LegendProps = {
  summaries: readonly { line: ChartLine; summary: ReturnType<typeof summarize> }[];
  window: HistoryWindow;
  compared: ComparedWindow | null;
  format: (value: number) => string;
};

/** How far from the cursor a value may be, as a share of the span. */
const NEAR_SHARE = 1 / 50;

/** The values of now where they are known, else the newest ones that are drawn; or those under the cursor. */
function Legend({ summaries, window, compared, format }: LegendProps) {
  const { t } = useTranslations();
  const { formats, timeMs, current } = useCharts();
  const spanMs = window.toMs - window.fromMs;
  const only = summaries.length === 1 ? summaries[0]?.summary : null;
  const text = (value: number | null | undefined) =>
    value === undefined || value === null ? "–" : format(value);
  const at = ({ history }: HistoryWindow, key: string, time: number) =>
    valueAt(history, key, time, spanMs * NEAR_SHARE);
  return (
    <span aria-hidden="true" className={classes.legend}>
      {summaries.map(({ line, summary }) => (
        <span key={line.series} className={classes.value} style={{ "--line-colour": `var(${line.colour})` }}>
          {summaries.length > 1 && <i data-dashed={line.dash ? true : undefined} />}
          {summaries.length > 1 && <small>{line.name} </small>}
          {text(
            timeMs === null
              ? summary && newestValue(current, line.series, summary.last).value
              : at(window, line.series, timeMs),
          )}
          {compared && timeMs !== null && (
            <small> ({text(at(compared.window, line.series, timeMs - compared.shiftMs))})</small>
          )}
        </span>
      ))}
      <span className={classes.detail}>
        {timeMs !== null && (spanMs <= DAY_MS ? formats.clock(timeMs) : formats.minute(timeMs))}
        {timeMs === null &&
          only &&
          `${t("device.charts.avg")} ${format(only.avg)} · ${format(only.min)} – ${format(only.max)}`}
      </span>
    </span>
  );
}

type ExportMenuProps = {
  title: string;
  lines: readonly FigureLine[];
  window: HistoryWindow;
  handle: { current: ChartHandle | null };
};

function ExportMenu({ title, lines, window, handle }: ExportMenuProps) {
  const { t } = useTranslations();
  const { fileName } = useCharts();
  const name = `${fileName}-${title}`;

  async function exportImage(): Promise<void> {
    const canvas = handle.current?.canvas();
    if (!canvas) return;
    const style = getComputedStyle(canvas);
    const colour = (variable: string) => style.getPropertyValue(variable).trim();
    const colours = { ground: colour("--surface"), text: colour("--text") };
    const image = await chartImage(canvas, `${title} · ${fileName}`, colours);
    if (image) downloadPng(name, image);
  }

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          className={classes.menu}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t("device.charts.export", { title })}
        >
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => downloadCsv(name, chartCsv(window.history, lines))}>
          {t("device.charts.csv")}
        </Menu.Item>
        <Menu.Item onClick={() => void exportImage()}>{t("device.charts.png")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The lines of a chart as CSV: a row for each time, with the average of each line. */
function chartCsv(history: HistoryWindow["history"], lines: readonly FigureLine[]): string {
  const isLabelled = new Set(lines.map(({ metric }) => metric.csv)).size < lines.length;
  const names = lines.map(({ metric, name }) => (isLabelled ? `${metric.csv} ${name}` : metric.csv));
  const keys = lines.map(({ series }) => series);
  return csvText([["time", ...names], ...historyRows(history, keys)]);
}

const PADDING_PX = 16;
const TITLE_PX = 28;

/** A chart's canvas as PNG, with its title above and the ground of the page behind it. Null where the browser cannot make one. */
function chartImage(
  canvas: HTMLCanvasElement,
  title: string,
  colours: { ground: string; text: string },
): Promise<Blob | null> {
  const image = document.createElement("canvas");
  const scale = devicePixelRatio;
  image.width = canvas.width + 2 * PADDING_PX * scale;
  image.height = canvas.height + (2 * PADDING_PX + TITLE_PX) * scale;
  const context = image.getContext("2d");
  if (!context) return Promise.resolve(null);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, image.width, image.height);
  context.fillStyle = colours.text;
  context.font = `${14 * scale}px system-ui, sans-serif`;
  context.textBaseline = "top";
  context.fillText(title, PADDING_PX * scale, PADDING_PX * scale, image.width - 2 * PADDING_PX * scale);
  context.drawImage(canvas, PADDING_PX * scale, (PADDING_PX + TITLE_PX) * scale);
  return new Promise((resolve) => image.toBlob(resolve, "image/png"));
}
