import { describe, expect, it } from "vitest";
import { COLOURS } from "./tokens.ts";

const MIN_RATIO = 4.5;
const GROUNDS = ["ground", "surface", "raised"] as const;
const OF_TEXT = [
  "text",
  "textDim",
  "accent",
  "ok",
  "warn",
  "critical",
  "offline",
  "expired",
  "series3",
  "series4",
  "series5",
  "series6",
] as const;

describe.each(["dark", "light"] as const)("in the %s scheme", (scheme) => {
  it.each(OF_TEXT)("%s is readable on every ground", (name) => {
    const ratios = GROUNDS.map((ground) => contrast(COLOURS[scheme][name], COLOURS[scheme][ground]));
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(MIN_RATIO);
  });
});

/** Contrast ratio of WCAG 2.2, 1 to 21. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
