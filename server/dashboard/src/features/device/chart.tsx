import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import type { Metric } from "@muster/shared/contracts/metric-table.ts";
import { useEffect, useEffectEvent, useRef } from "react";
import UPlot from "uplot";
import { useFormats } from "../../i18n/translations.tsx";
import classes from "./chart.module.css";
import { type ChartLine, chartData, chartOptions } from "./chart-options.ts";
import type { HistoryWindow } from "./history-window.ts";

type ChartProps = {
  window: HistoryWindow;
  lines: readonly ChartLine[];
  /** What the metric of the lines is; it decides how high the scale is. */
  scale: Metric;
  format: (value: number) => string;
  /** Instants that are marked on the time axis, epoch milliseconds. */
  marks: readonly number[];
  /** The point under the shared cursor, null when there is none. */
  onPoint: (index: number | null) => void;
};

/** Charts with this key move their cursors together. */
const SYNC_KEY = "device";

export function Chart(props: ChartProps) {
  const scheme = useComputedColorScheme();
  const formats = useFormats();
  return <Plot key={`${scheme} ${formats.language}`} {...props} />;
}

/** Colours and texts are drawn into the canvas, so another scheme or language needs a new plot. */
function Plot({ window, lines, scale, format, marks, onPoint }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const shown = useRef(window);
  const shownMarks = useRef(marks);
  const formats = useFormats();
  const point = useEffectEvent((index: number | null | undefined) => onPoint(index ?? null));
  const build = useEffectEvent((element: HTMLElement) => {
    const options = chartOptions({
      lines,
      formats,
      format,
      syncKey: SYNC_KEY,
      widthPx: element.clientWidth,
      span: () => [shown.current.fromMs, shown.current.toMs],
      scale,
      marks: () => shownMarks.current,
      colour: (name) => getComputedStyle(element).getPropertyValue(name).trim(),
      onPoint: (index) => point(index),
    });
    return new UPlot(options, chartData(shown.current, lines), element);
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
    plot.current?.setData(chartData(window, lines));
  }, [window, lines]);

  useEffect(() => {
    shownMarks.current = marks;
    plot.current?.redraw(false);
  }, [marks]);

  return <div ref={host} className={classes.plot} aria-hidden="true" />;
}
