import type { DisclosedData, DisclosedItem } from "@muster/shared/contracts/local-agent.ts";
import type { TrayWords } from "../../model/words.ts";

/** How often an item is sent. */
export function oftenText(
  kind: DisclosedItem["kind"],
  { intervalS }: Pick<DisclosedData, "intervalS">,
  { t, formats }: TrayWords,
): string {
  if (kind !== "metric") return t("windows.record.seen.whenChanged");
  return t("windows.record.seen.every", { time: formats.duration(intervalS * 1_000) });
}

/** How long the server keeps an item. */
export function keptText(
  kind: DisclosedItem["kind"],
  { kept }: Pick<DisclosedData, "kept">,
  t: TrayWords["t"],
): string {
  if (kind !== "metric") return t("windows.record.seen.latestOnly");
  const days = (count: number) => t("windows.record.seen.days", { count });
  if (kept === null) return t("windows.record.seen.keptUnknown");
  return t("windows.record.seen.keptMetric", {
    samples: days(kept.samplesDays),
    hours: days(Math.max(kept.fiveMinutesDays, kept.hoursDays)),
  });
}
