import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { TrayWords } from "../../model/words.ts";

/** Why a wish was not done, as a sentence; null when it was. */
export function outcomeText(outcome: RequestOutcome, t: TrayWords["t"]): string | null {
  if (outcome.kind === "done") return null;
  const { why, message } = outcome;
  if (why === "failed" && message) return t("windows.refused.failedBecause", { message });
  return t(`windows.refused.${why}`);
}
