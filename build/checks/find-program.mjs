import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * The script behind a package's command, to be run by this Node: by name it would be the system's Node on Linux, and
 * a shell's business on Windows.
 * @param {string} root the clone
 * @param {string} packageName
 * @param {string} [command] when the package has several
 */
export function findProgram(root, packageName, command = packageName) {
  const folder = path.join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return path.join(folder, typeof bin === "string" ? bin : bin[command]);
}
