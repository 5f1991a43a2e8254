import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { bundleTray } from "../../build/desktop/bundle-tray.ts";

const root = path.join(import.meta.dirname, "../..");
const cache = path.join(root, "node_modules", ".cache", "muster");
const PREFIX = "tray-";
const KEPT_MS = 3_600_000;
const SOURCES = ["desktop-agent/src", "shared/src", "build/desktop", "build/icons", "package-lock.json"];

/** The folder of the bundled tray, bundled again when a source has changed. Test files that run at the same time share it. */
export async function bundledTray(): Promise<string> {
  const folder = path.join(cache, PREFIX + (await fingerprint()));
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(path.join(cache, `partial-${PREFIX}`));
  try {
    await bundleTray(root, partial);
    // Trays of other accounts run it as well.
    await chmod(partial, 0o755);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  await removeOld();
  return folder;
}

/** Removes bundles older than an hour; newer ones may still be in use. */
async function removeOld(): Promise<void> {
  const names = (await readdir(cache)).filter((name) => name.startsWith(PREFIX));
  for (const place of names.map((name) => path.join(cache, name))) {
    const { mtimeMs } = await stat(place);
    if (Date.now() - mtimeMs > KEPT_MS) await rm(place, { recursive: true, force: true });
  }
}

/** A hash of names, sizes and times: a file that was only touched causes a new bundle. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    const place = path.join(root, source);
    const names = (await stat(place)).isDirectory() ? await readdir(place, { recursive: true }) : [""];
    for (const name of names.toSorted()) {
      const { size, mtimeMs } = await stat(path.join(place, name));
      hash.update(`${source}/${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest("hex").slice(0, 16);
}
