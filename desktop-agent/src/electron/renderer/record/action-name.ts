import type { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import { keysOf } from "@muster/shared/keys-of.ts";
import type { TrayWords } from "../../model/words.ts";
import { plainWords } from "./plain-words.ts";

/** The catalogue itself would bring zod into the window. */
const ACTIONS: Record<keyof (typeof trayWindowsEn)["record"]["done"]["action"], true> = {
  message: true,
  restart: true,
  reboot: true,
  "cancel-reboot": true,
  "refresh-inventory": true,
  "collect-agent-log": true,
};
const NAMES = keysOf(ACTIONS);

/** What an action is called; its type as words where it is not known here. */
export function actionName(type: string, t: TrayWords["t"]): string {
  const known = NAMES.find((name) => name === type);
  return known ? t(`windows.record.done.action.${known}`) : plainWords(type);
}
