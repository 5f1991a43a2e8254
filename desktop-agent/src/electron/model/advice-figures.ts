import type { Formats } from "@muster/shared/i18n/formats.ts";
import { whenOf } from "./status-line.ts";

/** A figure in a text, before a language writes it: percent 0 to 100, bytes, or an instant in epoch milliseconds. */
export type Figure = { as: "percent" | "bytes" | "moment"; value: number };

/** The figures as words of one language, ready to stand in a text. */
export function wordFigures(
  figures: Readonly<Record<string, Figure>>,
  formats: Formats,
  nowMs: number,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [name, wordFigure(figure, formats, nowMs)]),
  );
}

function wordFigure({ as, value }: Figure, formats: Formats, nowMs: number): string {
  switch (as) {
    case "percent":
      return formats.percent(value);
    case "bytes":
      return formats.bytes(value);
    case "moment":
      return whenOf(value, nowMs, formats);
  }
}
