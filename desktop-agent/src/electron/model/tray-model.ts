import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { TrayIconState } from "@muster/shared/design/tray-icons.ts";
import type { WindowState } from "../ipc-contract.ts";
import { chooseIcon } from "./tray-icon.ts";
import { type TrayMenuItem, trayMenu } from "./tray-menu.ts";
import { trayTooltip } from "./tray-tooltip.ts";
import type { TrayWords } from "./words.ts";

/** The whole tray as it is to be seen. */
export type TrayModel = { icon: TrayIconState; tooltip: string; menu: TrayMenuItem[] };

/** @param now the system it is shown on, and the instant in epoch milliseconds */
export function trayModel(
  state: WindowState,
  words: TrayWords,
  now: { family: OsFamily; nowMs: number },
): TrayModel {
  return {
    icon: chooseIcon(state),
    tooltip: trayTooltip(state, words, now),
    menu: trayMenu(state, words, now.nowMs),
  };
}

/** What has to be touched to make `before` into `after`; nothing when it is empty. `before` is null for a new tray. */
export function trayChanges(before: TrayModel | null, after: TrayModel): Partial<TrayModel> {
  const changes: Partial<TrayModel> = {};
  if (before?.icon !== after.icon) changes.icon = after.icon;
  if (before?.tooltip !== after.tooltip) changes.tooltip = after.tooltip;
  if (JSON.stringify(before?.menu) !== JSON.stringify(after.menu)) changes.menu = after.menu;
  return changes;
}
