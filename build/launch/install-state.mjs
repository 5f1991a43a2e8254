import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {{ version?: string, link?: boolean, dev?: boolean, optional?: boolean, devOptional?: boolean }} LockEntry
 * @typedef {Record<string, LockEntry>} LockPackages keyed by path, as in package-lock.json
 */

/**
 * The packages that package-lock.json requires, and those that npm last installed. npm writes the second list as its final
 * step, so an interrupted installation counts as none.
 * @param {string} root
 * @returns {{ wanted: LockPackages, installed: LockPackages }}
 */
export function readInstallState(root) {
  const wanted = readPackages(path.join(root, "package-lock.json"));
  try {
    return { wanted, installed: readPackages(path.join(root, "node_modules", ".package-lock.json")) };
  } catch {
    return { wanted, installed: {} };
  }
}

/**
 * @param {string} file
 * @returns {LockPackages}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

/**
 * Whether every required package is installed in its version. Optional ones may be absent: most are for other systems.
 * @param {{ wanted: LockPackages, installed: LockPackages }} state
 * @param {{ dev: boolean }} needs `dev`: the development packages too
 */
export function isInstalled({ wanted, installed }, { dev }) {
  return Object.entries(wanted).every(([location, entry]) => {
    const there = installed[location];
    if (location === "" || entry.link) return true;
    if (there) return there.version === entry.version;
    return Boolean(entry.optional || entry.devOptional) || (!dev && Boolean(entry.dev));
  });
}

/**
 * Whether someone installed the development packages before.
 * @param {LockPackages} installed
 */
export function hasDevPackages(installed) {
  return Object.values(installed).some((entry) => entry.dev === true);
}
