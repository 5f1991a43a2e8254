import { COLOURS, RADIUS_PX, SHADOW, SPACING_PX, TEXT_FONT, TITLE_FONT } from "./tokens.ts";

/** The colours of one scheme as CSS declarations: `textDim` becomes `--text-dim`. */
export function colourVariables(scheme: keyof typeof COLOURS): string {
  return Object.entries(COLOURS[scheme])
    .map(([token, value]) => `--${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value};`)
    .join("");
}

/** Everything that both schemes share as CSS declarations. */
export function measureVariables(): string {
  return `--unit:${SPACING_PX}px;--radius:${RADIUS_PX}px;--shadow:${SHADOW};--title-font:${TITLE_FONT};--text-font:${TEXT_FONT}`;
}
