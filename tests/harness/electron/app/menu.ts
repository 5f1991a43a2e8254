import { EventEmitter } from "node:events";
import type { KeyboardEvent, MenuItem, MenuItemConstructorOptions, Menu as Whole } from "electron";
import { asComplete, objectAsComplete } from "../compatible-types.ts";
import type { MenuEntry } from "../app-protocol.ts";
import { record } from "./test-host.ts";

const TYPES = ["normal", "separator", "submenu", "checkbox", "radio"];

/** A menu as the user sees it. */
export function describeMenu(menu: Whole | null): MenuEntry[] | null {
  return (
    menu?.items.map((item) => ({
      label: item.label,
      type: item.type,
      isEnabled: item.enabled,
      isVisible: item.visible,
      isChecked: item.checked,
      submenu: describeMenu(item.submenu ?? null),
    })) ?? null
  );
}

/**
 * Clicks an item, found by the labels on its path.
 * @throws when it does not exist or is disabled
 */
export function clickMenu(menu: Whole | null, labels: readonly string[]): void {
  const [label, ...further] = labels;
  const item = menu?.items.find((one) => one.label === label && one.visible);
  if (item === undefined)
    throw new Error(`The menu has no item "${label}": ${JSON.stringify(describeMenu(menu))}.`);
  if (!item.enabled) throw new Error(`The menu item "${label}" is disabled.`);
  if (further.length > 0) return clickMenu(item.submenu ?? null, further);
  if (item.type === "checkbox") item.checked = !item.checked;
  item.click();
}

function makeItem(options: MenuItemConstructorOptions): MenuItem {
  const { label = "", type, submenu, role, click } = options;
  if (type !== undefined && !TYPES.includes(type)) throw new TypeError(`no menu item is of type ${type}`);
  const item: Partial<MenuItem> = {
    label: label === "" && role !== undefined ? role : label,
    type: type ?? (submenu === undefined ? "normal" : "submenu"),
    enabled: options.enabled ?? true,
    visible: options.visible ?? true,
    checked: options.checked ?? false,
    id: options.id ?? "",
    click: () => click?.(asComplete<MenuItem>(item), undefined, asComplete<KeyboardEvent>({})),
  };
  if (submenu !== undefined)
    item.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
  return asComplete<MenuItem>(item);
}

export class Menu extends EventEmitter {
  items: MenuItem[] = [];

  static buildFromTemplate(template: (MenuItemConstructorOptions | MenuItem)[]): Whole {
    const menu = new Menu();
    menu.items = template.map((options) => makeItem(options as MenuItemConstructorOptions));
    return objectAsComplete<Whole>(menu);
  }

  static setApplicationMenu(menu: Whole | null): void {
    record({ kind: "application-menu", menu: describeMenu(menu) });
  }

  getMenuItemById(id: string): MenuItem | null {
    return this.items.find((item) => item.id === id) ?? null;
  }
}
