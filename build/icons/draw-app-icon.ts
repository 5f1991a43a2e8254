import { MARK, markSvg } from "@muster/shared/design/mark.ts";
import { COLOURS } from "@muster/shared/design/tokens.ts";

/** Apple's grid leaves 100 of 1024 pixels free on each side. */
const MAC_MARGIN_RATIO = 100 / 1024;

/** The icon of the application, filling its square. */
export function drawAppIcon(): string {
  const { ground, accent, textDim } = COLOURS.dark;
  return markSvg({ dot: textDim, lit: accent, ground });
}

/** The same with the margin that icons have on macOS. */
export function drawMacAppIcon(): string {
  const margin = (MARK.size * MAC_MARGIN_RATIO) / (1 - 2 * MAC_MARGIN_RATIO);
  const side = MARK.size + 2 * margin;
  return drawAppIcon().replace(/viewBox="[^"]*"/, `viewBox="${-margin} ${-margin} ${side} ${side}"`);
}
