import type { SeenByIt, SeenItem } from "@muster/shared/contracts/local-agent.ts";
import type { TrayWords } from "../../model/words.ts";

const DAY_MS = 86_400_000;

/** How often an item is sent. */
export function oftenText(
  kind: SeenItem["kind"],
  { intervalS }: Pick<SeenByIt, "intervalS">,
  { t, formats }: TrayWords,
): string {
  if (kind !== "metric") return t("windows.record.seen.whenChanged");
  return t("windows.record.seen.every", { time: formats.duration(intervalS * 1_000) });
}

/** How long the server keeps an item. */
export function keptText(
  kind: SeenItem["kind"],
  { kept }: Pick<SeenByIt, "kept">,
  t: TrayWords["t"],
  formats: TrayWords["formats"],
): string {
  if (kind !== "metric") return t("windows.record.seen.latestOnly");
  if (kept === null) return t("windows.record.seen.keptUnknown");
  return t("windows.record.seen.keptMetric", {
    samples: formats.duration(kept.samplesDays * DAY_MS),
    hours: formats.duration(Math.max(kept.fiveMinutesDays, kept.hoursDays) * DAY_MS),
  });
}
