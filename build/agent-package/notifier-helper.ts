import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { agentLicences } from "./licences.ts";

type Helper = { source: string; name: string; licence: string };

/** The program by which node-notifier shows messages, where a system has none of its own. */
const HELPERS: Partial<Record<NodeJS.Platform, Helper>> = {
  win32: {
    source: "snoreToast/snoretoast-x64.exe",
    name: "snoretoast-x64.exe",
    licence: "snoreToast/LICENSE",
  },
  darwin: {
    source: "mac.noindex/terminal-notifier.app",
    name: "terminal-notifier.app",
    licence: "terminal-notifier-LICENSE",
  },
};
const HELPER_NAME = /snoretoast|notifu|terminal-notifier/i;

/**
 * Puts the helper of `platform`, and no other, beside the agent, with the licences of everything in the folder.
 * @returns the files that were added
 */
export async function addNotifierHelper(
  root: string,
  folder: string,
  platform: NodeJS.Platform,
  nodeLicence?: string,
): Promise<string[]> {
  const helper = HELPERS[platform];
  if (helper === undefined) return [];
  const vendor = path.join(root, "node_modules", "node-notifier", "vendor");
  const added = path.join(folder, helper.name);
  await cp(path.join(vendor, helper.source), added, { recursive: true });
  const licences = path.join(folder, "LICENSES.txt");
  const ofHelper = await readFile(path.join(vendor, helper.licence), "utf8");
  await writeFile(
    licences,
    `${await agentLicences(root, nodeLicence)}\n\nBeside it, ${helper.name}:\n\n${ofHelper}`,
  );
  return platform === "darwin"
    ? [path.join(added, "Contents", "MacOS", "terminal-notifier"), licences]
    : [added, licences];
}

/** What a package must not contain: the helpers of other systems, or of a system that has its own means. */
export async function findForeignHelpers(folder: string, platform: NodeJS.Platform): Promise<string[]> {
  const own = HELPERS[platform]?.name;
  const entries = await readdir(folder, { recursive: true });
  return entries
    .map((entry) => entry.replaceAll("\\", "/"))
    .filter((entry) => HELPER_NAME.test(entry))
    .filter((entry) => own === undefined || (entry !== own && !entry.startsWith(`${own}/`)))
    .map((entry) => `${entry} is a notifier of another system`);
}
