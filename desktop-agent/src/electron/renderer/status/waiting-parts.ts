import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { TrayWords } from "../../model/words.ts";

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
