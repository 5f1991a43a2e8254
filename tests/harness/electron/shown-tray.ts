import type { ImageRecord, MenuEntry, StageRecord } from "./stage-contract.ts";

/** What of the tray is to be seen; `touches`: how often anything of it was set. */
export type ShownTray = { image: ImageRecord | null; tooltip: string; menu: MenuEntry[]; touches: number };

export function describeTray(records: readonly StageRecord[]): ShownTray {
  const tray: ShownTray = { image: null, tooltip: "", menu: [], touches: 0 };
  for (const what of records) {
    if (what.kind === "tray-image") tray.image = what.image;
    else if (what.kind === "tray-tooltip") tray.tooltip = what.text;
    else if (what.kind === "tray-menu") tray.menu = what.menu ?? [];
    else continue;
    tray.touches += 1;
  }
  return tray;
}
