import { cp, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { listTrayIconNames, type SystemName } from "../icons/icon-names.ts";

/** Copies the future content of app.asar for one system: the bundles and their manifest, and the icons of that system. */
export async function stageTray(bundles: string, system: SystemName, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const icons = path.join(bundles, "icons");
  await cp(bundles, folder, { recursive: true, filter: (source) => source !== icons });
  await mkdir(path.join(folder, "icons"));
  for (const name of listTrayIconNames(system)) {
    await cp(path.join(icons, name), path.join(folder, "icons", name));
  }
}
