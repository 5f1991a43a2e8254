import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { AfterPackContext } from "electron-builder";
import plist from "plist";
import { readInfoPlist } from "./read-info-plist.ts";

/**
 * Removes entries of Info.plist that the tray does not need: permission for unencrypted connections, which electron-builder 26 adds
 * for its updater, and Electron's purpose strings for camera, microphone and others. Runs before the program is signed.
 */
export async function trimInfoPlist(context: AfterPackContext): Promise<void> {
  if (context.electronPlatformName !== "darwin") return;
  const { productFilename } = context.packager.appInfo;
  const file = path.join(context.appOutDir, `${productFilename}.app`, "Contents", "Info.plist");
  const entries = Object.entries(await readInfoPlist(file));
  const kept = entries.filter(
    ([key]) => key !== "NSAppTransportSecurity" && !/^NS.+UsageDescription$/.test(key),
  );
  await writeFile(file, plist.build(Object.fromEntries(kept)));
}
