import type { ImageRecord, MenuEntry, AppEvent } from "./app-protocol.ts";

/** The tray as the user sees it. `touches`: how often a part of it was set. */
export type VisibleTray = { image: ImageRecord | null; tooltip: string; menu: MenuEntry[]; touches: number };

export function describeTray(records: readonly AppEvent[]): VisibleTray {
  const tray: VisibleTray = { image: null, tooltip: "", menu: [], touches: 0 };
  for (const what of records) {
    if (what.kind === "tray-image") tray.image = what.image;
    else if (what.kind === "tray-tooltip") tray.tooltip = what.text;
    else if (what.kind === "tray-menu") tray.menu = what.menu ?? [];
    else continue;
    tray.touches += 1;
  }
  return tray;
}
