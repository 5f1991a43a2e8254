import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { TrayIconState } from "@muster/shared/design/tray-icons.ts";
import type { WindowState } from "../ipc-contract.ts";
import { truncateText, singleLine } from "./label-text.ts";
import { statusLine } from "./status-line.ts";
import { chooseIcon } from "./tray-icon.ts";
import { trayMenu, type TrayMenuItem } from "./tray-menu.ts";
import type { TrayTranslations } from "./translations.ts";

/** What the tray shows. */
export type TrayModel = { icon: TrayIconState; tooltip: string; menu: TrayMenuItem[] };

/** @param now the operating system, and the present time in epoch milliseconds */
export function trayModel(
  state: WindowState,
  translations: TrayTranslations,
  now: { family: OsFamily; nowMs: number },
): TrayModel {
  return {
    icon: chooseIcon(state),
    tooltip: trayTooltip(state, translations, now),
    menu: trayMenu(state, translations, now.nowMs),
  };
}

/** The parts of `after` that differ from `before`, which is null for a new tray. */
export function trayChanges(before: TrayModel | null, after: TrayModel): Partial<TrayModel> {
  const changes: Partial<TrayModel> = {};
  if (before?.icon !== after.icon) changes.icon = after.icon;
  if (before?.tooltip !== after.tooltip) changes.tooltip = after.tooltip;
  if (JSON.stringify(before?.menu) !== JSON.stringify(after.menu)) changes.menu = after.menu;
  return changes;
}

/** Windows cuts longer tooltips. */
const MAX_TOOLTIP_LENGTH = 127;
const MAX_NAME_LENGTH = 40;

/** Score, CPU, memory and disk while the machine is measured; otherwise why it is not. */
export function trayTooltip(
  state: Pick<WindowState, "view" | "role">,
  translations: TrayTranslations,
  system: { family: OsFamily; nowMs: number },
): string {
  const { t } = translations;
  const name = singleLine(state.view?.hostname ?? "", MAX_NAME_LENGTH) || t("tray.product");
  const stateLine = t("tray.tooltip.state", { name, state: statusLine(state, translations, system.nowMs) });
  const metrics = metricsLine(state, translations);
  const icon = chooseIcon(state);
  const score = state.view?.latest?.health;
  const isScored =
    metrics !== null && icon !== "offline" && score !== undefined && score.status !== "unknown";
  const first = isScored
    ? t("tray.tooltip.score", { name, score: translations.formats.whole(score.score) })
    : stateLine;
  const text = truncateText(metrics === null ? first : `${first}\n${metrics}`, MAX_TOOLTIP_LENGTH);
  // KDE renders a tooltip that contains tags as rich text.
  return system.family === "linux" ? text.replaceAll("<", "‹").replaceAll(">", "›") : text;
}

function metricsLine({ view, role }: Pick<WindowState, "view" | "role">, { t, formats }: TrayTranslations) {
  if (role === "service-unreachable" || view?.state.kind !== "reporting" || !view.latest) return null;
  const { cpu, memory, disk } = view.latest.sample;
  const percent = (value: number | undefined) =>
    value === undefined ? t("tray.tooltip.unknown") : formats.percent(value);
  return t("tray.tooltip.metrics", { cpu: percent(cpu), memory: percent(memory), disk: percent(disk) });
}
