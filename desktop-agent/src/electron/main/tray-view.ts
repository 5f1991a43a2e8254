import path from "node:path";
import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import {
  trayIcoName,
  type TrayIconState,
  type TrayPanel,
  trayPngName,
  trayTemplateName,
} from "@muster/shared/design/tray-icons.ts";
import type { Menu, MenuItemConstructorOptions, Tray } from "electron";
import type { TrayCommand, TrayMenuItem } from "../model/tray-menu.ts";
import { trayChanges, type TrayModel } from "../model/tray-model.ts";

type TrayView = {
  /** Touches what differs from what is shown, and nothing else. */
  show(model: TrayModel): void;
  /** Draws the icon anew, as for another panel. */
  redraw(): void;
  /** Puts the icon there once more, for a panel that came later than we did. */
  renew(): void;
  destroy(): void;
};

type Deps = {
  Tray: typeof Tray;
  Menu: typeof Menu;
  iconPath: (icon: TrayIconState) => string;
  perform: (command: TrayCommand) => void;
  /** Whether a click opens the status window; on macOS it opens the menu. */
  opensOnClick: boolean;
};

export function createTrayView({ Tray, Menu, iconPath, perform, opensOnClick }: Deps): TrayView {
  let tray: Tray | null = null;
  let shown: TrayModel | null = null;

  function place(icon: TrayIconState): Tray {
    const placed = new Tray(iconPath(icon));
    if (opensOnClick) placed.on("click", () => perform({ kind: "open", window: "status" }));
    return placed;
  }

  function show(model: TrayModel): void {
    const { icon, tooltip, menu } = trayChanges(shown, model);
    const isNew = tray === null;
    tray ??= place(model.icon);
    if (tooltip !== undefined) tray.setToolTip(tooltip);
    if (menu !== undefined) tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(menu, perform)));
    // Last, so that who sees another icon finds the reason where they point.
    if (icon !== undefined && !isNew) tray.setImage(iconPath(icon));
    shown = model;
  }

  return {
    show,
    redraw() {
      if (shown) tray?.setImage(iconPath(shown.icon));
    },
    renew() {
      const model = shown;
      tray?.destroy();
      tray = null;
      shown = null;
      if (model) show(model);
    },
    destroy() {
      tray?.destroy();
      tray = null;
    },
  };
}

/** The menu as Electron builds it. */
export function menuTemplate(
  items: readonly TrayMenuItem[],
  perform: (command: TrayCommand) => void,
): MenuItemConstructorOptions[] {
  return items.map((item): MenuItemConstructorOptions => {
    switch (item.kind) {
      case "separator":
        return { type: "separator" };
      case "text":
        return { label: item.label, enabled: false };
      case "command":
        return { label: item.label, enabled: item.isEnabled, click: () => perform(item.command) };
      case "submenu":
        return { label: item.label, submenu: menuTemplate(item.items, perform) };
    }
  });
}

/** What panels of Linux scale from. */
const LINUX_SIZE = 48;

/** The file of an icon as each system wants it. `panel` is what the icon lies on; macOS colours its own. */
export function trayIconPath(
  folder: string,
  family: OsFamily,
  state: TrayIconState,
  panel: TrayPanel,
): string {
  if (family === "macos") return path.join(folder, trayTemplateName(state));
  if (family === "windows") return path.join(folder, trayIcoName(state, panel));
  return path.join(folder, trayPngName(state, panel, LINUX_SIZE));
}
