import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { TrayTranslations } from "../../model/translations.ts";

const HALF_HOUR_MS = 30 * 60_000;
const TWO_HOURS_MS = 2 * 3_600_000;

/** The label of a pause of `forMs`; null: until resumed. The longest allowed pause has a label of its own. */
export function pauseLabel(
  forMs: number | null,
  longestMs: number | null,
  t: TrayTranslations["t"],
  formats: TrayTranslations["formats"],
): string {
  if (forMs === null) return t("windows.status.pause.untilResumed");
  if (forMs === longestMs) return t("windows.status.pause.longest", { time: formats.exactDuration(forMs) });
  if (forMs === HALF_HOUR_MS) return t("windows.status.pause.half");
  if (forMs === TWO_HOURS_MS) return t("windows.status.pause.two");
  return formats.exactDuration(forMs);
}

/** Texts for the samples that wait to be sent and the actions that wait to run. */
export function pendingTexts(
  { spooledSamples, waitingActions }: Pick<LocalView, "spooledSamples" | "waitingActions">,
  t: TrayTranslations["t"],
): string[] {
  const parts: string[] = [];
  if (spooledSamples > 0) parts.push(t("windows.status.connection.samples", { count: spooledSamples }));
  if (waitingActions > 0) parts.push(t("windows.status.connection.actions", { count: waitingActions }));
  return parts;
}
