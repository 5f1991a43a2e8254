import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type { SystemName } from "../../icons/icon-names.ts";
import { fuseWire } from "./fuse-wire.ts";
import { listMacFiles, MAC_LINKS } from "./list-mac-files.ts";
import { makeWindowsProgram } from "./make-windows-program.ts";

const LOCALES = ["de", "en-US", "es", "fr", "ja", "ru"];

/**
 * Creates a folder like an unpacked Electron, to build packages where Electron is not available. Files that electron-builder reads,
 * changes or moves have their real format; the others have one line of text. On Linux the program prints its arguments.
 */
export async function makeStandIn(system: SystemName, folder: string): Promise<void> {
  for (const [name, content] of Object.entries(listFiles(system))) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    if (typeof content !== "string") await chmod(file, 0o755);
  }
  if (system !== "mac") return;
  for (const [name, target] of Object.entries(MAC_LINKS)) await symlink(target, path.join(folder, name));
}

/** Content by path; a buffer is a program, a string is not. */
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
