import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findProgram } from "./find-program.mjs";

/**
 * Runs vitest with its own output.
 * @param {string} root the clone
 * @param {string[]} projects names from vitest.config.ts
 * @returns {Promise<{ passed: number, failed: number }>} `failed` is at least 1 when vitest was not content
 */
export async function runTests(root, projects) {
  const folder = await mkdtemp(path.join(tmpdir(), "muster-results-"));
  const results = path.join(folder, "results.json");
  try {
    const chosen = projects.flatMap((project) => ["--project", project]);
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
    const code = await run(root, [findProgram(root, "vitest"), "run", ...chosen, ...reporters]);
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(results, "utf8"));
    return { passed: numPassedTests, failed: code === 0 ? numFailedTests : Math.max(numFailedTests, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string[]} command
 * @returns {Promise<number>} the exit code
 */
function run(root, command) {
  const child = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
