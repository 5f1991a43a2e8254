import type { Menu, Tray } from "electron";
import type { TrayCommand } from "../model/tray-menu.ts";
import { trayChanges, type TrayModel } from "../model/tray-model.ts";
import type { TrayIconState } from "@muster/shared/design/tray-icons.ts";
import { menuTemplate } from "./menu-template.ts";

export type TrayView = {
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
