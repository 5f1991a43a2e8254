import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildDashboard } from "./launch/build-dashboard.mjs";
import { prepare } from "./launch/prepare.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs tests/load/*.bench.ts one after the other; each prints its results.
 * @param {string[]} names parts of file names; all benches if empty
 * @returns {number} the exit code
 */
function runBenches(names) {
  const files = readdirSync(path.join(root, "tests", "load"))
    .filter((file) => file.endsWith(".bench.ts"))
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .toSorted();
  if (files.length === 0) {
    process.stderr.write(`No bench is called ${names.join(" or ") || "anything"}.\n`);
    return 1;
  }
  const failed = files.filter((file) => {
    process.stdout.write(`\n${path.basename(file, ".bench.ts")}\n`);
    const script = path.join("tests", "load", file);
    return spawnSync(process.execPath, ["--expose-gc", script], { cwd: root, stdio: "inherit" }).status !== 0;
  });
  for (const file of failed) process.stderr.write(`${file} failed\n`);
  return failed.length === 0 ? 0 : 1;
}

if (await prepare(root, { dev: true })) {
  process.exitCode = buildDashboard(root) ? runBenches(process.argv.slice(2)) : 1;
}
