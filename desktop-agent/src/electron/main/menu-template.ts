import type { MenuItemConstructorOptions } from "electron";
import type { TrayCommand, TrayMenuItem } from "../model/tray-menu.ts";

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
