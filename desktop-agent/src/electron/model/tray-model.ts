import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { TrayIconState } from "@muster/shared/design/tray-icons.ts";
import type { WindowState } from "../ipc-contract.ts";
import { cutText, plainLabel } from "./plain-label.ts";
import { statusLine } from "./status-line.ts";
import { chooseIcon } from "./tray-icon.ts";
import { trayMenu, type TrayMenuItem } from "./tray-menu.ts";
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

/** Windows cuts a tooltip here, in the middle of whatever stands there. */
const LONGEST_TOOLTIP = 127;
const LONGEST_NAME = 40;

/** Score, cpu, memory and disk while the machine is measured; else why it is not. */
export function trayTooltip(
  state: Pick<WindowState, "view" | "role">,
  words: TrayWords,
  system: { family: OsFamily; nowMs: number },
): string {
  const { t } = words;
  const name = plainLabel(state.view?.hostname ?? "", LONGEST_NAME) || t("tray.product");
  const stateLine = t("tray.tooltip.state", { name, state: statusLine(state, words, system.nowMs) });
  const figures = figuresOf(state, words);
  const icon = chooseIcon(state);
  const score = state.view?.latest?.health;
  const isScored =
    figures !== null && icon !== "offline" && score !== undefined && score.status !== "unknown";
  const first = isScored
    ? t("tray.tooltip.score", { name, score: words.formats.whole(score.score) })
    : stateLine;
  const text = cutText(figures === null ? first : `${first}\n${figures}`, LONGEST_TOOLTIP);
  // KDE takes a tooltip with tags in it for rich text.
  return system.family === "linux" ? text.replaceAll("<", "‹").replaceAll(">", "›") : text;
}

function figuresOf({ view, role }: Pick<WindowState, "view" | "role">, { t, formats }: TrayWords) {
  if (role === "service-silent" || view?.state.kind !== "reporting" || !view.latest) return null;
  const { cpu, memory, disk } = view.latest.sample;
  const percent = (value: number | undefined) =>
    value === undefined ? t("tray.tooltip.unknown") : formats.percent(value);
  return t("tray.tooltip.figures", { cpu: percent(cpu), memory: percent(memory), disk: percent(disk) });
}
