import {
  APP_PNG_NAME,
  TRAY_ICON_STATES,
  TRAY_PANELS,
  TRAY_PNG_SIZES,
  trayIcoName,
  trayPngName,
  trayTemplateName,
} from "@muster/shared/design/tray-icons.ts";

export type SystemName = "linux" | "windows" | "mac";

/** The files of dist/tray/icons that the tray uses on one system; shared/src/design/tray-icons.ts has their names. */
export function listTrayIconNames(system: SystemName): string[] {
  return [...TRAY_ICON_STATES.flatMap((state) => LISTS[system](state)), APP_PNG_NAME];
}

const LISTS: Record<SystemName, (state: (typeof TRAY_ICON_STATES)[number]) => string[]> = {
  linux: (state) =>
    TRAY_PANELS.flatMap((panel) => TRAY_PNG_SIZES.map((size) => trayPngName(state, panel, size))),
  windows: (state) => TRAY_PANELS.map((panel) => trayIcoName(state, panel)),
  mac: (state) => [trayTemplateName(state), doubled(trayTemplateName(state))],
};

/** The name under which macOS looks for the drawing with twice the pixels. */
export function doubled(name: string): string {
  return name.replace(/\.png$/, "@2x.png");
}
