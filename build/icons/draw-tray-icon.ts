import { COLOURS } from "@muster/shared/design/tokens.ts";
import type { TrayIconState, TrayPanel } from "@muster/shared/design/tray-icons.ts";

type Shape = {
  painted: string;
  /** Cut out of it, so that the panel shows through. */
  cut?: string;
  /** Painted into the part that was cut out. */
  inside?: string;
};

/** Edges fall on whole pixels at 16, 32 and 48. */
const GRID = 16;

const SHAPES: Record<TrayIconState, Shape> = {
  ok: { painted: disc(7) },
  warn: {
    painted: `<path d="M8 1.5 15 14.5H1z" stroke-width="1" stroke-linejoin="round"/>`,
    cut: `<path stroke="none" d="M7 5.5h2v5H7zM7 11.5h2v2H7z"/>`,
  },
  critical: {
    painted: `<path stroke="none" d="M5 0h6l5 5v6l-5 5H5l-5-5V5z"/>`,
    cut: `<path d="m4.5 4.5 7 7m0-7-7 7" stroke-width="2"/>`,
  },
  paused: { painted: `<path stroke="none" d="M3 2h4v12H3zM9 2h4v12H9z"/>` },
  offline: { painted: disc(7), cut: disc(5) },
  unknown: {
    painted: disc(7.5),
    cut: disc(6),
    inside: `<path d="M5.8 6.4a2.2 2.2 0 1 1 3.3 1.9C8.4 8.7 8 9 8 9.8" fill="none" stroke-width="1.6"/><path stroke="none" d="M7.1 10.8h1.8v1.8H7.1z"/>`,
  },
};

const COLOUR_TOKENS = {
  ok: "ok",
  warn: "warn",
  critical: "critical",
  paused: "offline",
  offline: "offline",
  unknown: "textDim",
} as const;

/** The icon of a state in its colour on a panel. */
export function drawTrayIcon(state: TrayIconState, panel: TrayPanel): string {
  return draw(SHAPES[state], COLOURS[panel][COLOUR_TOKENS[state]]);
}

/** The icon of a state for macOS: a black template, of which only the opacity counts. */
export function drawTrayTemplate(state: TrayIconState): string {
  return draw(SHAPES[state], "#000000");
}

function draw({ painted, cut = "", inside = "" }: Shape, colour: string): string {
  const mask = `<mask id="shape">${group("#fff", painted)}${group("#000", cut)}${group("#fff", inside)}</mask>`;
  const square = `<rect width="${GRID}" height="${GRID}" fill="${colour}" mask="url(#shape)"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${GRID} ${GRID}">${mask}${square}</svg>`;
}

/** In a mask, white is kept and black is removed. */
function group(shade: string, content: string): string {
  return `<g fill="${shade}" stroke="${shade}">${content}</g>`;
}

function disc(radius: number): string {
  return `<circle stroke="none" cx="8" cy="8" r="${radius}"/>`;
}
