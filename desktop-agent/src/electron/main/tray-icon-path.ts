import path from "node:path";
import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import {
  type TrayIconState,
  type TrayPanel,
  trayIcoName,
  trayPngName,
  trayTemplateName,
} from "@muster/shared/design/tray-icons.ts";

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
