import type UPlot from "uplot";

/** What is drawn beside the measured lines; `colour` names a CSS variable. */
export type ChartGuide =
  /** A dashed line between two points, such as a forecast. Times are epoch milliseconds. */
  | { kind: "line"; from: GuidePoint; to: GuidePoint; colour: string }
  /** A shaded range of values, such as what is usual. */
  | { kind: "range"; low: number; high: number; colour: string };

type GuidePoint = { atMs: number; value: number };

type Colour = (variable: string) => string;

/** The shaded ranges, below the lines. */
export function drawRanges(chart: UPlot, guides: readonly ChartGuide[], colour: Colour): void {
  const { ctx, bbox } = chart;
  ctx.save();
  clip(chart);
  for (const guide of guides) {
    if (guide.kind !== "range") continue;
    const top = chart.valToPos(guide.high, "y", true);
    ctx.fillStyle = `${colour(guide.colour)}24`;
    ctx.fillRect(bbox.left, top, bbox.width, chart.valToPos(guide.low, "y", true) - top);
  }
  ctx.restore();
}

/** The dashed lines, above the measured ones. */
export function drawGuideLines(chart: UPlot, guides: readonly ChartGuide[], colour: Colour): void {
  const { ctx } = chart;
  ctx.save();
  clip(chart);
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const guide of guides) {
    if (guide.kind !== "line") continue;
    ctx.strokeStyle = colour(guide.colour);
    ctx.beginPath();
    ctx.moveTo(chart.valToPos(guide.from.atMs, "x", true), chart.valToPos(guide.from.value, "y", true));
    ctx.lineTo(chart.valToPos(guide.to.atMs, "x", true), chart.valToPos(guide.to.value, "y", true));
    ctx.stroke();
  }
  ctx.restore();
}

/** The highest value that must be seen. */
export function guideTops(guides: readonly ChartGuide[]): number[] {
  return guides.map((guide) =>
    guide.kind === "range" ? guide.high : Math.max(guide.from.value, guide.to.value),
  );
}

function clip({ ctx, bbox }: UPlot): void {
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
}
