import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import type { Metric } from "@muster/shared/contracts/metric-table.ts";
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from "react";
import UPlot from "uplot";
import { useCharts } from "./chart-context.tsx";
import { type ChartLine, chartData, chartOptions, type ComparedWindow } from "./chart-options.ts";
import type { Span } from "./chart-view.ts";
import classes from "./chart.module.css";
import type { HistoryWindow } from "./history-window.ts";

/** The canvas of a chart, for an image of it; null while nothing is drawn. */
export type ChartHandle = { canvas(): HTMLCanvasElement | null };

type ChartProps = {
  ref: Ref<ChartHandle>;
  window: HistoryWindow;
  compared: ComparedWindow | null;
  lines: readonly ChartLine[];
  /** What the metric of the lines is; it decides how high the scale is. */
  scale: Metric;
  format: (value: number) => string;
};

/** Charts with this key move their cursors together. */
const SYNC_KEY = "device";

export function Chart(props: ChartProps) {
  const scheme = useComputedColorScheme();
  const { formats, timeZone, levels, guides } = useCharts();
  const levelKey = levels.map(({ value, colour }) => `${colour} ${value}`).join();
  const guideKey = JSON.stringify(guides);
  const drawn = [props.lines.length, props.compared !== null, levelKey, guideKey];
  return <Plot key={[scheme, formats.language, timeZone, ...drawn].join(" ")} {...props} />;
}

/** Colours, texts, levels and the number of lines are fixed in a plot, so other ones need a new plot. */
function Plot({ ref, window, compared, lines, scale, format }: ChartProps) {
  const { formats, timeZone, marks, bands, levels, guides, onTime, onSpan } = useCharts();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const shown = useRef(window);
  const shownMarks = useRef(marks);
  const shownBands = useRef(bands);
  const time = useEffectEvent((timeMs: number | null) => onTime(timeMs));
  const span = useEffectEvent((selected: Span) => onSpan(selected));
  const build = useEffectEvent((element: HTMLElement) => {
    const options = chartOptions({
      lines,
      isCompared: compared !== null,
      formats,
      timeZone,
      format,
      syncKey: SYNC_KEY,
      widthPx: element.clientWidth,
      span: () => shown.current,
      scale,
      marks: () => shownMarks.current,
      bands: () => shownBands.current,
      levels,
      guides,
      colour: (name) => getComputedStyle(element).getPropertyValue(name).trim(),
      onTime: (timeMs) => time(timeMs),
      onSpan: (selected) => span(selected),
    });
    return new UPlot(options, chartData(shown.current, lines, compared), element);
  });
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const chart = build(element);
    plot.current = chart;
    const observer = new ResizeObserver(() =>
      chart.setSize({ width: element.clientWidth, height: chart.height }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
      plot.current = null;
    };
  }, []);

  useEffect(() => {
    shown.current = window;
    plot.current?.setData(chartData(window, lines, compared));
  }, [window, lines, compared]);

  useEffect(() => {
    shownMarks.current = marks;
    shownBands.current = bands;
    plot.current?.redraw(false);
  }, [marks, bands]);

  useImperativeHandle(ref, () => ({ canvas: () => plot.current?.ctx.canvas ?? null }), []);
  return <div ref={host} className={classes.plot} aria-hidden="true" />;
}
