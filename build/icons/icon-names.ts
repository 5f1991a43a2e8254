import {
  APP_PNG_NAME,
  TRAY_ICON_STATES,
  TRAY_PANELS,
  TRAY_PNG_SIZES,
  trayIcoName,
  trayPngName,
  trayTemplateName,
} from "@muster/shared/design/tray-icons.ts";

/** Every file of dist/tray/icons. The main process names them by shared/src/design/tray-icons.ts. */
export function listTrayIconNames(): string[] {
  const perState = TRAY_ICON_STATES.flatMap((state) => {
    const perPanel = TRAY_PANELS.flatMap((panel) => [
      ...TRAY_PNG_SIZES.map((size) => trayPngName(state, panel, size)),
      trayIcoName(state, panel),
    ]);
    return [...perPanel, trayTemplateName(state), doubled(trayTemplateName(state))];
  });
  return [...perState, APP_PNG_NAME];
}

/** The name under which macOS looks for the drawing of twice the pixels. */
export function doubled(name: string): string {
  return name.replace(/\.png$/, "@2x.png");
}
