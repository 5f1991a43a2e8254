import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { hasDevPackages, isInstalled, readInstallState } from "./install-state.mjs";

/**
 * Installs the packages of package-lock.json that are missing. Never removes development packages.
 * @param {string} root the clone
 * @param {{ dev: boolean, always?: boolean }} needs `dev`: the development packages too
 * @returns {boolean} whether everything is installed now; if not, npm has printed the reason
 */
export function installPackages(root, { dev, always = false }) {
  const state = readInstallState(root);
  if (!always && isInstalled(state, { dev })) return true;
  const isFull = dev || hasDevPackages(state.installed);
  process.stdout.write("Installing packages.\n");
  const args = ["ci", isFull ? "--include=dev" : "--omit=dev", "--include=optional", "--loglevel=error"];
  const npm = findNpm();
  const { status, error } = spawnSync(npm.program, [...npm.args, ...args], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (error) process.stderr.write(`npm could not be started: ${error.message}\n`);
  return status === 0;
}

/** npm's script, to be run by this Node; by name, npm would need a shell on Windows. */
export function findNpm() {
  const node = process.env.npm_node_execpath ?? process.execPath;
  const binaries = path.dirname(node);
  const candidates = [
    process.env.npm_execpath ?? "",
    path.join(binaries, "node_modules", "npm", "bin", "npm-cli.js"),
    path.join(binaries, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const script = candidates.find((file) => path.basename(file).startsWith("npm-cli") && existsSync(file));
  return script === undefined ? { program: "npm", args: [] } : { program: node, args: [script] };
}
