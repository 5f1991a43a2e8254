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

type TrayIconController = {
  /** Updates only what differs from what is shown. */
  show(model: TrayModel): void;
  /** Sets the icon again, for a panel of another colour. */
  redraw(): void;
  /** Creates the icon again, for a panel that started after the tray. */
  recreate(): void;
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

export function createTrayIconController({
  Tray,
  Menu,
  iconPath,
  perform,
  opensOnClick,
}: Deps): TrayIconController {
  let tray: Tray | null = null;
  let shown: TrayModel | null = null;

  function createTray(icon: TrayIconState): Tray {
    const created = new Tray(iconPath(icon));
    if (opensOnClick) created.on("click", () => perform({ kind: "open", window: "status" }));
    return created;
  }

  function show(model: TrayModel): void {
    const { icon, tooltip, menu } = trayChanges(shown, model);
    const isNew = tray === null;
    tray ??= createTray(model.icon);
    if (tooltip !== undefined) tray.setToolTip(tooltip);
    if (menu !== undefined) tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(menu, perform)));
    // The icon last, so that a new icon never appears with the old tooltip.
    if (icon !== undefined && !isNew) tray.setImage(iconPath(icon));
    shown = model;
  }

  return {
    show,
    redraw() {
      if (shown) tray?.setImage(iconPath(shown.icon));
    },
    recreate() {
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

/** Converts the menu to Electron's template. */
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

/** Panels on Linux scale this size down. */
const LINUX_SIZE = 48;

/** The icon file for each system. `panel` is the colour of the panel; macOS colours template icons itself. */
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
