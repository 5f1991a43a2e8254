import { cp, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { listTrayIconNames, type SystemName } from "../icons/icon-names.ts";
import { writeManifest } from "./write-manifest.ts";

/** The main process's bundle in dist/tray. */
export const MAIN_FILE = "main.js";

/** Lays out what becomes app.asar on one system: the bundles, the icons of that system and the manifest. */
export async function stageTray(bundles: string, system: SystemName, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const icons = path.join(bundles, "icons");
  await cp(bundles, folder, { recursive: true, filter: (source) => source !== icons });
  await mkdir(path.join(folder, "icons"));
  for (const name of listTrayIconNames(system)) {
    await cp(path.join(icons, name), path.join(folder, "icons", name));
  }
  await writeManifest(folder, MAIN_FILE);
}
