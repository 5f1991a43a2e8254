import type { WindowState } from "../ipc-contract.ts";
import { adviceOf } from "./advice.ts";
import { wordFigures } from "./advice-figures.ts";
import type { TrayWords } from "./words.ts";

/** How the machine is, in the sentence of the status window. */
export function statusLine(
  { view, role }: Pick<WindowState, "view" | "role">,
  { t, formats }: TrayWords,
  nowMs: number,
): string {
  const { sentence } = adviceOf(view, role);
  return t(`windows.advice.sentence.${sentence.key}`, wordFigures(sentence.params, formats, nowMs));
}
