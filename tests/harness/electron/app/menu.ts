import { EventEmitter } from "node:events";
import type { KeyboardEvent, MenuItem, MenuItemConstructorOptions, Menu as Whole } from "electron";
import { asWhole, objectAsWhole } from "../faithful.ts";
import type { MenuEntry } from "../stage-contract.ts";
import { record } from "./stage.ts";

const TYPES = ["normal", "separator", "submenu", "checkbox", "radio"];

/** A menu as a person sees it. */
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
 * Clicks an item by the labels on the way to it.
 * @throws when there is none, or it cannot be clicked
 */
export function clickMenu(menu: Whole | null, labels: readonly string[]): void {
  const [label, ...further] = labels;
  const item = menu?.items.find((one) => one.label === label && one.visible);
  if (item === undefined)
    throw new Error(`the menu has no item "${label}": ${JSON.stringify(describeMenu(menu))}`);
  if (!item.enabled) throw new Error(`"${label}" cannot be clicked`);
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
    click: () => click?.(asWhole<MenuItem>(item), undefined, asWhole<KeyboardEvent>({})),
  };
  if (submenu !== undefined)
    item.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
  return asWhole<MenuItem>(item);
}

export class Menu extends EventEmitter {
  items: MenuItem[] = [];

  static buildFromTemplate(template: (MenuItemConstructorOptions | MenuItem)[]): Whole {
    const menu = new Menu();
    menu.items = template.map((options) => makeItem(options as MenuItemConstructorOptions));
    return objectAsWhole<Whole>(menu);
  }

  static setApplicationMenu(menu: Whole | null): void {
    record({ kind: "application-menu", menu: describeMenu(menu) });
  }

  getMenuItemById(id: string): MenuItem | null {
    return this.items.find((item) => item.id === id) ?? null;
  }
}
