import type { Metric } from "@muster/shared/contracts/metric-table.ts";
import { csvText } from "@muster/shared/csv.ts";
import type { ChartLine } from "./chart-options.ts";
import { type ChartHistory, historyRows } from "./history-window.ts";

/** The lines of a chart as CSV: a row for each time, with the average of each line. */
export function chartCsv(history: ChartHistory, lines: readonly (ChartLine & { metric: Metric })[]): string {
  const isLabelled = new Set(lines.map(({ metric }) => metric.csv)).size < lines.length;
  const names = lines.map(({ metric, name }) => (isLabelled ? `${metric.csv} ${name}` : metric.csv));
  const keys = lines.map(({ series }) => series);
  return csvText([["time", ...names], ...historyRows(history, keys)]);
}

const PADDING_PX = 16;
const TITLE_PX = 28;

/** A chart's canvas as PNG, with its title above and the ground of the page behind it. Null where the browser cannot make one. */
export function chartImage(
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
