import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "rolldown";
import { build as buildPages } from "vite";
import { makeTrayIcons } from "../icons/make-icons.ts";
import { trayLicences } from "../agent-package/licences.ts";
import { MAIN_FILE, writeManifest } from "./write-manifest.ts";

/**
 * Bundles the tray: the main process as a module, the preload script as the one CommonJS file that the sandbox accepts, the hardware
 * probe, the windows' pages, the icons, the licences and a package.json that names the main file. Electron is not included. @returns the folder
 */
export async function bundleTray(root: string, folder: string): Promise<string> {
  const sources = path.join(root, "desktop-agent", "src", "electron");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await bundle(path.join(sources, "main", "main.ts"), path.join(folder, MAIN_FILE), "esm");
  await bundle(path.join(sources, "preload", "preload.ts"), path.join(folder, "preload.cjs"), "cjs");
  await bundle(path.join(sources, "probe", "main.ts"), path.join(folder, "probe.cjs"), "cjs");
  await writeFile(path.join(folder, "LICENSES.txt"), await trayLicences(root));
  await buildPages({
    configFile: path.join(sources, "renderer", "vite.config.ts"),
    logLevel: "warn",
    build: { outDir: path.join(folder, "renderer"), emptyOutDir: true },
  });
  await listPages(path.join(folder, "renderer"));
  await makeTrayIcons(path.join(folder, "icons"));
  await writeManifest(folder);
  return folder;
}

/** The bundled tray in dist/tray. @returns its folder */
export function trayFolder(root: string): string {
  return path.join(root, "dist", "tray");
}

async function bundle(input: string, file: string, format: "esm" | "cjs"): Promise<void> {
  await build({
    input,
    platform: "node",
    // The last two are optional packages that systeminformation looks for.
    external: ["electron", "osx-temperature-sensor", "macos-temperature-sensor"],
    logLevel: "warn",
    onLog(level, log, next) {
      if (level === "warn") throw new Error(log.message);
      next(level, log);
    },
    output: { file, format, codeSplitting: false, minify: true, keepNames: true },
  });
  if (!existsSync(file)) throw new Error(`${file} was not written`);
}

/** The main process serves the files of this list and no other. */
async function listPages(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .toSorted();
  await writeFile(path.join(folder, "files.json"), JSON.stringify(files));
}
