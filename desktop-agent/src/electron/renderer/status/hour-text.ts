import type { TrayWords } from "../../model/words.ts";
import type { HourLine } from "./hour-line.ts";

/** A line of the last hour as a sentence, for who does not see it. */
export function hourText(
  name: string,
  { last, lowest, highest, gaps }: HourLine,
  word: (value: number) => string,
  t: TrayWords["t"],
): string {
  if (last === null || lowest === null || highest === null) return t("windows.status.hour.nothing", { name });
  return t("windows.status.hour.summary", {
    name,
    last: word(last),
    lowest: word(lowest),
    highest: word(highest),
    gaps: gaps === 0 ? t("windows.status.hour.noGaps") : t("windows.status.hour.gaps", { count: gaps }),
  });
}
