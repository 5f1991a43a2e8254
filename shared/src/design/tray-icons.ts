/** What a tray icon tells, each by a shape of its own: disc, triangle, octagon, two bars, hollow ring, ring with a question. */
export const TRAY_ICON_STATES = ["ok", "warn", "critical", "paused", "offline", "unknown"] as const;
export type TrayIconState = (typeof TRAY_ICON_STATES)[number];

/** The panel that an icon is drawn for: a dark panel takes the brighter drawing. */
export const TRAY_PANELS = ["light", "dark"] as const;
export type TrayPanel = (typeof TRAY_PANELS)[number];

/** Pixels of the square icons for panels of Linux. */
export const TRAY_PNG_SIZES = [16, 22, 24, 32, 48] as const;
export type TrayPngSize = (typeof TRAY_PNG_SIZES)[number];

/** Pixels of the pictures in one icon file of Windows, one for each of its scale factors. */
export const TRAY_ICO_SIZES = [16, 20, 24, 28, 32, 40, 48, 64, 256] as const;

/** The one size of a template image of macOS in points; its double lies beside it as `@2x`. */
export const TRAY_TEMPLATE_SIZE = 16;

/** The icon of one size, for Linux. File names are relative to `icons` beside the main bundle. */
export function trayPngName(state: TrayIconState, panel: TrayPanel, size: TrayPngSize): string {
  return `${state}-${panel}-${size}.png`;
}

/** The icon of all sizes, for Windows. */
export function trayIcoName(state: TrayIconState, panel: TrayPanel): string {
  return `${state}-${panel}.ico`;
}

/** The template image, for macOS, which colours it for its menu bar and finds the `@2x` by itself. */
export function trayTemplateName(state: TrayIconState): string {
  return `${state}Template.png`;
}

/** The application's own icon, for windows, notifications and dialogs. */
export const APP_PNG_NAME = "muster.png";
