import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findProgram } from "../checks/find-program.mjs";

/**
 * Compiles @muster/client to JavaScript with declarations, as a package in a folder that npm packs, publishes or installs: Node runs no
 * TypeScript below node_modules.
 * @param {string} root the clone
 * @param {string} folder is replaced
 */
export function packageClient(root, folder) {
  const source = path.join(root, "shared", "client");
  rmSync(folder, { recursive: true, force: true });
  const tsc = findProgram(root, "@typescript/native", "tsc");
  execFileSync(process.execPath, [tsc, "-p", source, "--outDir", folder], { stdio: "inherit" });
  const {
    private: _private,
    exports: _exports,
    ...manifest
  } = JSON.parse(readFileSync(path.join(source, "package.json"), "utf8"));
  const entry = { types: "./create-muster.d.ts", default: "./create-muster.js" };
  const published = { ...manifest, exports: { ".": entry } };
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
  copyFileSync(path.join(root, "LICENSE"), path.join(folder, "LICENSE"));
}
