import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

/** Node for other systems, as the npm registry has it: the same release as the one that this project brings. */
const VERSION = "24.21.0";
const INTEGRITY = {
  "linux-arm64": "FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  "win-x64": "0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
};

/**
 * Fetches Node for another system into node_modules/.cache, once.
 * @param {string} root the clone
 * @param {keyof typeof INTEGRITY} system
 * @returns {string} the folder with its `bin`
 * @throws when it cannot be fetched or is not the pinned one
 */
export function fetchForeignNode(root, system) {
  const folder = path.join(root, "node_modules", ".cache", "muster-node", `${system}-${VERSION}`);
  if (existsSync(folder)) return path.join(folder, "package");
  const unpacked = `${folder}.partial`;
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  execFileSync("npm", ["pack", "--silent", `node-${system}@${VERSION}`], { cwd: unpacked });
  const archive = path.join(unpacked, `node-${system}-${VERSION}.tgz`);
  const digest = createHash("sha512").update(readFileSync(archive)).digest("base64");
  if (digest !== INTEGRITY[system]) throw new Error(`node-${system}@${VERSION} is not the pinned package.`);
  execFileSync("tar", ["xzf", archive], { cwd: unpacked });
  rmSync(archive);
  renameSync(unpacked, folder);
  return path.join(folder, "package");
}
