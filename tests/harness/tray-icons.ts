import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { RunningApp } from "./electron/start-app.ts";

/** The state of the shown tray icon, found by its image: `ok`, `offline`. Null while no icon is shown. */
export function shownState(tray: RunningApp): string | null {
  const [shown] = tray.tray().image ?? [];
  if (shown === undefined) return null;
  const icons = path.join(tray.folder, "icons");
  const name = readdirSync(icons).find((file) => readFileSync(path.join(icons, file)).equals(shown.png));
  return name?.split("-")[0] ?? null;
}
