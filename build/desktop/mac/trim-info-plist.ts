import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { AfterPackContext } from "electron-builder";
import plist from "plist";
import { readInfoPlist } from "./read-info-plist.ts";

/**
 * Takes out of Info.plist what the tray has no use for: that every address may be reached without encryption, which electron-builder
 * 26 puts in for its updater, and Electron's reasons for wanting camera, microphone and the like. Runs before the program is signed.
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
