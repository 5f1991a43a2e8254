import { useMemo } from "react";
import type { TrayTranslations } from "../../model/translations.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { columnsOf } from "./line-layout.ts";
import { isShown, type LogLevel, type LogLine } from "./log-line.ts";
import type { LogParts } from "./log-parts.ts";

/** A line as it is shown: its number, and its text with translated time and level. */
export type ShownLine = { number: number; line: LogLine; text: string; columns: number };

/** The lines of at least a level. Each line is formatted once per language, as thousands stay the same from second to second. */
export function useShownLines(parts: LogParts | null, least: LogLevel): readonly ShownLine[] {
  const translations = useTranslations();
  const wordOnce = useMemo(() => createWording(translations), [translations]);
  return useMemo(() => {
    const shown: ShownLine[] = [];
    for (const { firstNumber, lines } of parts?.chunks ?? []) {
      lines.forEach((line, index) => {
        if (!isShown(line, least)) return;
        shown.push(wordOnce(line, firstNumber + index));
      });
    }
    return shown;
  }, [parts, least, wordOnce]);
}

function createWording(translations: TrayTranslations): (line: LogLine, number: number) => ShownLine {
  const worded = new WeakMap<LogLine, ShownLine>();
  return (line, number) => {
    const known = worded.get(line) ?? wordLine(line, number, translations);
    worded.set(line, known);
    return known;
  };
}

function wordLine(line: LogLine, number: number, { t, formats }: TrayTranslations): ShownLine {
  const time = line.atMs === null ? "" : `${formats.second(line.atMs)} `;
  const level = line.level === null ? "" : `${t(`windows.log.word.${line.level}`)} `;
  const text = `${time}${level}${line.text}`;
  return { number, line, text, columns: columnsOf(text) };
}
