import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { TrayWords } from "../../model/words.ts";

const HALF_HOUR_MS = 30 * 60_000;
const TWO_HOURS_MS = 2 * 3_600_000;

/** What a pause of `forMs` is called; null: until resumed. The organization's longest is named as such. */
export function pauseLabel(
  forMs: number | null,
  longestMs: number | null,
  t: TrayWords["t"],
  formats: TrayWords["formats"],
): string {
  if (forMs === null) return t("windows.status.pause.untilResumed");
  if (forMs === longestMs) return t("windows.status.pause.longest", { time: formats.duration(forMs) });
  if (forMs === HALF_HOUR_MS) return t("windows.status.pause.half");
  if (forMs === TWO_HOURS_MS) return t("windows.status.pause.two");
  return formats.duration(forMs);
}

/** What waits to be sent and to be done, in words; empty when nothing does. */
export function waitingParts(
  { spooledSamples, waitingActions }: Pick<LocalView, "spooledSamples" | "waitingActions">,
  t: TrayWords["t"],
): string[] {
  const parts: string[] = [];
  if (spooledSamples > 0) parts.push(t("windows.status.connection.samples", { count: spooledSamples }));
  if (waitingActions > 0) parts.push(t("windows.status.connection.actions", { count: waitingActions }));
  return parts;
}
