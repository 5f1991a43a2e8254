import type { Metric } from "@muster/shared/contracts/metric-table.ts";
import type { Formats } from "@muster/shared/i18n/formats.ts";
import UPlot from "uplot";
import { type ChartGuide, drawGuideLines, drawRanges, guideTops } from "./chart-guides.ts";
import { DAY_MS, type Span } from "./chart-view.ts";
import type { HistoryWindow } from "./history-window.ts";

/** One line of a chart; `series` is its key in the history, `colour` names a CSS variable. */
export type ChartLine = { series: string; name: string; colour: string; dash?: number[] };

/** The same lines over an earlier span, drawn `shiftMs` later. */
export type ComparedWindow = { window: HistoryWindow; shiftMs: number };

/** A span of time that is marked in the charts, epoch milliseconds; `colour` names a CSS variable. */
export type ChartBand = {
  fromMs: number;
  /** Null for what has not ended. */
  toMs: number | null;
  colour: string;
  /** Over the whole height; otherwise as a bar at the top. */
  isFilled: boolean;
};

/** A value that is drawn as a line over the whole span. */
export type ChartLevel = { value: number; colour: string };

type ChartOptionsInput = {
  lines: readonly ChartLine[];
  isCompared: boolean;
  formats: Formats;
  /** IANA name; undefined for the viewer's own. */
  timeZone: string | undefined;
  format: (value: number) => string;
  syncKey: string;
  widthPx: number;
  span: () => Span;
  scale: Metric;
  colour: (variable: string) => string;
  /** Instants that are marked on the time axis, epoch milliseconds. */
  marks: () => readonly number[];
  bands: () => readonly ChartBand[];
  levels: readonly ChartLevel[];
  guides: readonly ChartGuide[];
  /** The time under the cursor, null when there is none. */
  onTime: (timeMs: number | null) => void;
  /** The user selected a span by dragging. */
  onSpan: (span: Span) => void;
};

const HEIGHT_PX = 168;
const MARK_PX = 4;
/** A shorter drag is a click. */
const MIN_DRAG_PX = 6;
/** The least top of a scale, so that zero is drawn as a line at the bottom: one kB or kB/s, one degree, one. */
const MIN_TOP = { bytes: 1_000, bytesPerSecond: 1_000, celsius: 1, number: 1 };
const AXIS_FONT = "12px system-ui, sans-serif";

/** Times, then minimum, maximum and average of each line, then the compared averages. */
export function chartData(
  { history: { times, series } }: HistoryWindow,
  lines: readonly ChartLine[],
  compared: ComparedWindow | null,
): UPlot.AlignedData {
  const none = times.map(() => null);
  const columns = lines.flatMap(({ series: key }) => {
    const line = series[key];
    return [line?.min ?? none, line?.max ?? none, line?.avg ?? none];
  });
  if (!compared) return [times, ...columns];
  const { window, shiftMs } = compared;
  const earlier = window.history.times.map((time) => time + shiftMs);
  const missing = earlier.map(() => null);
  const earlierColumns = lines.map(({ series: key }) => window.history.series[key]?.avg ?? missing);
  return UPlot.join([
    [times, ...columns],
    [earlier, ...earlierColumns],
  ]);
}

/** How a chart is drawn: a thin line for the average over a band from minimum to maximum, broken where there is no data. */
export function chartOptions(input: ChartOptionsInput): UPlot.Options {
  const { lines, format, colour, span, timeZone, levels, guides } = input;
  const tops = [...levels.map(({ value }) => value), ...guideTops(guides)];
  const grid = { stroke: colour("--line"), width: 1 };
  const axis = { stroke: colour("--text-dim"), font: AXIS_FONT, grid, ticks: { show: false } };
  return {
    width: input.widthPx,
    height: HEIGHT_PX,
    ms: 1,
    legend: { show: false },
    ...(timeZone !== undefined && { tzDate: (ms: number) => UPlot.tzDate(new Date(ms), timeZone) }),
    cursor: {
      // Every chart would answer a drag over one of them with a selection of its own.
      sync: { key: input.syncKey, filters: { pub: (type) => type !== "mousedown" && type !== "mouseup" } },
      drag: { x: true, y: false, setScale: false, dist: MIN_DRAG_PX },
      y: false,
      points: { size: 7 },
    },
    scales: {
      x: {
        time: true,
        range: () => {
          const { fromMs, toMs } = span();
          return [fromMs, toMs];
        },
      },
      y: { range: (_chart, _min, most) => [0, topOf(input.scale, highest(most, tops))] },
    },
    axes: [
      {
        ...axis,
        space: 72,
        size: 28,
        values: (_chart, splits) => splits.map(timeTextOf(input.formats, span())),
      },
      { ...axis, space: 36, size: 64, values: (_chart, splits) => splits.map(format) },
    ],
    series: [
      {},
      ...lines.flatMap((line) => seriesOf(line, colour(line.colour))),
      ...(input.isCompared ? lines.map((): UPlot.Series => comparedSeries(colour("--text-dim"))) : []),
    ],
    bands: lines.map((line, index) => ({
      series: [index * 3 + 2, index * 3 + 1],
      fill: translucent(colour(line.colour)),
    })),
    hooks: {
      setCursor: [({ cursor, data }) => input.onTime(data[0][cursor.idx ?? -1] ?? null)],
      setSelect: [(chart) => select(chart, input.onSpan)],
      drawClear: [
        (chart) => drawRanges(chart, guides, colour),
        (chart) => drawBands(chart, input.bands(), colour),
      ],
      draw: [
        (chart) => drawLevels(chart, levels, colour),
        (chart) => drawGuideLines(chart, guides, colour),
        (chart) => drawMarks(chart, input.marks(), colour("--text-dim")),
      ],
    },
  };
}

function timeTextOf(formats: Formats, { fromMs, toMs }: Span): (ms: number) => string {
  const lengthMs = toMs - fromMs;
  if (lengthMs <= DAY_MS) return formats.clock;
  return lengthMs <= 8 * DAY_MS ? formats.weekday : formats.shortDay;
}

function select(chart: UPlot, onSpan: (span: Span) => void): void {
  const { left, width } = chart.select;
  if (width < MIN_DRAG_PX) return;
  onSpan({ fromMs: chart.posToVal(left, "x"), toMs: chart.posToVal(left + width, "x") });
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
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

const BAR_PX = 4;

/** The bands, below the lines. One that is over in an instant is still seen. */
function drawBands(chart: UPlot, bands: readonly ChartBand[], colour: (variable: string) => string): void {
  const { ctx, bbox } = chart;
  const right = bbox.left + bbox.width;
  ctx.save();
  for (const { fromMs, toMs, colour: name, isFilled } of bands) {
    const from = Math.max(bbox.left, chart.valToPos(fromMs, "x", true));
    const to = toMs === null ? right : Math.min(right, chart.valToPos(toMs, "x", true));
    const widthPx = Math.max(2 * devicePixelRatio, to - from);
    if (from > right || to < bbox.left) continue;
    ctx.fillStyle = colour(name);
    ctx.fillRect(from, bbox.top, widthPx, BAR_PX * devicePixelRatio);
    if (!isFilled) continue;
    ctx.fillStyle = faint(colour(name));
    ctx.fillRect(from, bbox.top, widthPx, bbox.height);
  }
  ctx.restore();
}

function drawLevels(chart: UPlot, levels: readonly ChartLevel[], colour: (variable: string) => string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const level of levels) {
    const y = chart.valToPos(level.value, "y", true);
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.strokeStyle = colour(level.colour);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

/** The highest of the drawn values, the levels and the guides; null without any. */
function highest(most: number | null, tops: readonly number[]): number | null {
  return tops.reduce<number | null>((found, value) => Math.max(found ?? value, value), most);
}

function seriesOf({ dash }: ChartLine, stroke: string): UPlot.Series[] {
  const bound: UPlot.Series = { stroke: "transparent", points: { show: false } };
  return [bound, bound, { stroke, width: 1.5, ...(dash ? { dash } : {}), points: { size: 4 } }];
}

function comparedSeries(stroke: string): UPlot.Series {
  return { stroke, width: 1, dash: [2, 4], points: { show: false } };
}

/** Shares are drawn on their whole scale, anything else as high as it is. */
function topOf({ unit, max }: Metric, most: number | null): number {
  return unit === "percent" ? max : Math.max(MIN_TOP[unit], (most ?? 0) * 1.1);
}

function faint(colour: string): string {
  return `${colour}1f`;
}

function translucent(colour: string): string {
  return `${colour}38`;
}
