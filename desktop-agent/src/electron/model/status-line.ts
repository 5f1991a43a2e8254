import type { WindowState } from "../ipc-contract.ts";
import { adviceOf } from "./advice.ts";
import { formatAdviceValues } from "./advice-values.ts";
import type { TrayTranslations } from "./translations.ts";

/** The state of the machine as the sentence that the status window shows. */
export function statusLine(
  { view, role }: Pick<WindowState, "view" | "role">,
  { t, formats }: TrayTranslations,
  nowMs: number,
): string {
  const { sentence } = adviceOf(view, role);
  return t(`windows.advice.sentence.${sentence.key}`, formatAdviceValues(sentence.params, formats, nowMs));
}
