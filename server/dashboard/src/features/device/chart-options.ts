import type UPlot from "uplot";
import type { Metric } from "@muster/shared/contracts/metric-table.ts";
import type { Formats } from "@muster/shared/i18n/formats.ts";
import type { HistoryWindow } from "./history-window.ts";

/** One line of a chart; `series` is its key in the history, `colour` names a CSS variable. */
export type ChartLine = { series: string; name: string; colour: string; dash?: number[] };

type ChartOptionsInput = {
  lines: readonly ChartLine[];
  formats: Formats;
  format: (value: number) => string;
  syncKey: string;
  widthPx: number;
  span: () => [number, number];
  scale: Metric;
  colour: (variable: string) => string;
  /** Instants that are marked on the time axis, epoch milliseconds. */
  marks: () => readonly number[];
  onPoint: (index: number | null | undefined) => void;
};

const HEIGHT_PX = 168;
const MARK_PX = 4;
/** The least top of a scale, so that zero is drawn as a line at the bottom: one kB or kB/s, one degree, one. */
const MIN_TOP = { bytes: 1_000, bytesPerSecond: 1_000, celsius: 1, number: 1 };
const DAY_MS = 86_400_000;
const AXIS_FONT = "12px system-ui, sans-serif";

/** Times, then minimum, maximum and average of each line. */
export function chartData(window: HistoryWindow, lines: readonly ChartLine[]): UPlot.AlignedData {
  const { times, series } = window.history;
  const none = times.map(() => null);
  const columns = lines.flatMap(({ series: key }) => {
    const line = series[key];
    return [line?.min ?? none, line?.max ?? none, line?.avg ?? none];
  });
  return [times, ...columns];
}

/** How a chart is drawn: a thin line for the average over a band from minimum to maximum, broken where there is no data. */
export function chartOptions(input: ChartOptionsInput): UPlot.Options {
  const { lines, formats, format, colour, span } = input;
  const grid = { stroke: colour("--line"), width: 1 };
  const axis = { stroke: colour("--text-dim"), font: AXIS_FONT, grid, ticks: { show: false } };
  const timeText = (ms: number) => {
    const [from, to] = span();
    const isShort = to - from <= DAY_MS;
    return isShort ? formats.clock(ms) : to - from <= 8 * DAY_MS ? formats.weekday(ms) : formats.shortDay(ms);
  };
  return {
    width: input.widthPx,
    height: HEIGHT_PX,
    ms: 1,
    legend: { show: false },
    cursor: {
      sync: { key: input.syncKey },
      drag: { x: false, y: false, setScale: false },
      y: false,
      points: { size: 7 },
    },
    scales: {
      x: { time: true, range: span },
      y: {
        range: (_chart, _min, most) => [0, topOf(input.scale, most)],
      },
    },
    axes: [
      { ...axis, space: 72, size: 28, values: (_chart, splits) => splits.map(timeText) },
      { ...axis, space: 36, size: 64, values: (_chart, splits) => splits.map(format) },
    ],
    series: [{}, ...lines.flatMap((line) => seriesOf(line, colour(line.colour)))],
    bands: lines.map((line, index) => ({
      series: [index * 3 + 2, index * 3 + 1],
      fill: translucent(colour(line.colour)),
    })),
    hooks: {
      setCursor: [(chart) => input.onPoint(chart.cursor.idx)],
      draw: [(chart) => drawMarks(chart, input.marks(), colour("--text-dim"))],
    },
  };
}

/** A small wedge on the time axis for each mark that the span holds. */
function drawMarks(chart: UPlot, marks: readonly number[], fill: string): void {
  const { ctx, bbox } = chart;
  const size = MARK_PX * devicePixelRatio;
  const base = bbox.top + bbox.height;
  ctx.save();
  ctx.fillStyle = fill;
  for (const at of marks) {
    const x = chart.valToPos(at, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, base - 2 * size);
    ctx.lineTo(x + size, base);
    ctx.lineTo(x - size, base);
    ctx.fill();
  }
  ctx.restore();
}

function seriesOf({ dash }: ChartLine, stroke: string): UPlot.Series[] {
  const bound: UPlot.Series = { stroke: "transparent", points: { show: false } };
  return [bound, bound, { stroke, width: 1.5, ...(dash ? { dash } : {}), points: { size: 4 } }];
}

/** Shares are drawn on their whole scale, anything else as high as it is. */
function topOf({ unit, max }: Metric, most: number | null): number {
  return unit === "percent" ? max : Math.max(MIN_TOP[unit], (most ?? 0) * 1.1);
}

function translucent(colour: string): string {
  return `${colour}38`;
}
