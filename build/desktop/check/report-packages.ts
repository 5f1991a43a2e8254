import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { bundleTray } from "../bundle-tray.ts";
import { checkPackages } from "./check-packages.ts";

/**
 * Bundles the tray, builds the unpacked trees of three systems with a stand-in for Electron, and prints their content and their
 * problems. @returns the number of problems
 */
export async function reportPackages(root: string, print: (line: string) => void): Promise<number> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-packages-"));
  try {
    const bundles = await bundleTray(root, path.join(folder, "bundles"));
    const checked = await checkPackages({ root, bundles, folder, systems: ["linux", "windows", "mac"] });
    for (const { system, facts, problems } of checked) {
      const size = (facts.archiveBytes / 1e6).toFixed(2);
      print(
        `${system.padEnd(8)} ${facts.files.length} files in app.asar, ${size} MB: ${problems.length} problems`,
      );
      for (const problem of problems) print(`  ${problem}`);
    }
    return checked.flatMap(({ problems }) => problems).length;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
