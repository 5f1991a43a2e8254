import type { TrayIconState } from "@muster/shared/design/tray-icons.ts";
import classes from "./state-shape.module.css";

type StateShapeProps = {
  state: TrayIconState;
  /** Shown in the shape; null shows the symbol of the state. */
  value: number | null;
  /** For screen readers. */
  label: string;
  sizePx: number;
};

const SHAPES: Record<TrayIconState, { filled: boolean; path: string; valueY: number }> = {
  ok: { filled: true, path: "M48 4a44 44 0 1 0 0 88a44 44 0 1 0 0-88z", valueY: 59 },
  warn: {
    filled: true,
    path: "M41.9 8.5a7 7 0 0 1 12.2 0l38 69.4A7 7 0 0 1 86 88.3H10a7 7 0 0 1-6.1-10.4z",
    valueY: 75,
  },
  critical: { filled: true, path: "M30 4h36l26 26v36l-26 26H30L4 66V30z", valueY: 59 },
  offline: { filled: false, path: "M48 8a40 40 0 1 0 0 80a40 40 0 1 0 0-80z", valueY: 59 },
  unknown: { filled: false, path: "M48 8a40 40 0 1 0 0 80a40 40 0 1 0 0-80z", valueY: 59 },
  paused: { filled: true, path: "M22 12h18v72H22zM56 12h18v72H56z", valueY: 59 },
};

/** The shape of a state (disc, triangle, octagon, ring or bars), with a number inside where it fits. */
export function StateShape({ state, value, label, sizePx }: StateShapeProps) {
  const { filled, path, valueY } = SHAPES[state];
  const shown = state === "paused" ? null : value;
  return (
    <svg
      className={classes.shape}
      data-state={state}
      data-filled={filled}
      width={sizePx}
      height={sizePx}
      viewBox="0 0 96 96"
      role="img"
      aria-label={label}
    >
      <path d={path} className={classes.body} />
      {shown !== null && (
        <text x="48" y={valueY} className={classes.value} data-digits={String(shown).length}>
          {shown}
        </text>
      )}
      {shown === null && state === "unknown" && <path d="M34 48h28" className={classes.sign} />}
      {shown === null && state === "offline" && (
        <path d="M34 34l28 28M62 34L34 62" className={classes.sign} />
      )}
      {shown === null && state === "warn" && <path d="M48 34v26M48 70v6" className={classes.sign} />}
      {shown === null && state === "critical" && <path d="M48 24v32M48 66v7" className={classes.sign} />}
    </svg>
  );
}
