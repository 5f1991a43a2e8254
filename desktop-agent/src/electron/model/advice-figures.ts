import type { Formats } from "@muster/shared/i18n/formats.ts";
import { whenOf } from "./when-of.ts";

/** A figure in a text, before a language writes it: percent 0 to 100, bytes, or an instant in epoch milliseconds. */
export type Figure = { as: "percent" | "bytes" | "moment"; value: number };

/** What a text of the advice may name; a text names what it needs. */
type FigureName = "used" | "left" | "time";
export type Figures = Readonly<Partial<Record<FigureName, Figure>>>;

/** The figures as words of one language, ready to stand in a text; empty where there is none. */
export function wordFigures(
  { used, left, time }: Figures,
  formats: Formats,
  nowMs: number,
): Record<FigureName, string> {
  const word = (figure: Figure | undefined) => (figure ? wordFigure(figure, formats, nowMs) : "");
  return { used: word(used), left: word(left), time: word(time) };
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
