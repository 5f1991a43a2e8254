import classes from "./sparkline.module.css";

const WIDTH = 84;
const HEIGHT = 22;

/** A small line of shares of a whole (0 to 100, null for a gap), always on the same scale so that rows can be compared. */
export function Sparkline({ values, label }: { values: readonly (number | null)[]; label: string }) {
  return (
    <svg
      className={classes.line}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <path d={sparklinePath(values, WIDTH, HEIGHT)} />
    </svg>
  );
}

/** The path of a sparkline: a null lifts the pen, a lone value is a dot. */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): string {
  const step = values.length > 1 ? (width - 2) / (values.length - 1) : 0;
  const parts: string[] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    const x = round(1 + index * step);
    const y = round(height - 1 - (Math.min(100, Math.max(0, value)) / 100) * (height - 2));
    const isStart = (values[index - 1] ?? null) === null;
    const isAlone = isStart && (values[index + 1] ?? null) === null;
    parts.push(`${isStart ? "M" : "L"}${x} ${y}${isAlone ? "h0" : ""}`);
  });
  return parts.join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
