import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * The script of a package's command, to be run by this Node: by name it would use the system's Node on Linux, and need
 * a shell on Windows.
 * @param {string} root the clone
 * @param {string} packageName
 * @param {string} [command] when the package has several
 */
export function findProgram(root, packageName, command = packageName) {
  const folder = path.join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return path.join(folder, typeof bin === "string" ? bin : bin[command]);
}
