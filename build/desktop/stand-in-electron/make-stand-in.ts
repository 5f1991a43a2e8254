import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type { SystemName } from "../../icons/icon-names.ts";
import { fuseWire } from "./fuse-wire.ts";
import { listMacFiles, MAC_LINKS } from "./list-mac-files.ts";
import { makeWindowsProgram } from "./make-windows-program.ts";

const LOCALES = ["de", "en-US", "es", "fr", "ja", "ru"];

/**
 * Lays out a folder like an unpacked Electron, for what packages are built from where no Electron can be had: files that
 * electron-builder reads, changes or moves are of their real kind, the others hold a line of text. On Linux the program prints its
 * arguments.
 */
export async function makeStandIn(system: SystemName, folder: string): Promise<void> {
  for (const [place, content] of Object.entries(listFiles(system))) {
    const file = path.join(folder, place);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    if (typeof content !== "string") await chmod(file, 0o755);
  }
  if (system !== "mac") return;
  for (const [place, target] of Object.entries(MAC_LINKS)) await symlink(target, path.join(folder, place));
}

/** Content by place; what is no text is a program. */
function listFiles(system: SystemName): Record<string, string | Buffer> {
  const licences = {
    LICENSE: "licence of Electron\n",
    "LICENSES.chromium.html": "<p>licences of Chromium</p>\n",
  };
  if (system === "mac") return { ...licences, ...listMacFiles(LOCALES) };
  const locales = LOCALES.map((locale) => [`locales/${locale}.pak`, `${locale}\n`]);
  const shared = {
    ...licences,
    ...Object.fromEntries(locales),
    "icudtl.dat": "data\n",
    "resources.pak": "pak\n",
  };
  if (system === "windows") {
    return { ...shared, "electron.exe": makeWindowsProgram(), "ffmpeg.dll": "library\n" };
  }
  return {
    ...shared,
    electron: Buffer.concat([Buffer.from('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\nexit\n'), fuseWire()]),
    "chrome-sandbox": Buffer.from("sandbox\n"),
    chrome_crashpad_handler: Buffer.from("handler\n"),
    "libffmpeg.so": "library\n",
  };
}
