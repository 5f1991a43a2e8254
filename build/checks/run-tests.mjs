import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram } from "./find-program.mjs";
import { runScript } from "./run-script.mjs";

const timing = fileURLToPath(new URL("timing-reporter.mjs", import.meta.url));

/**
 * Runs vitest with its own output, and prints the slowest files and tests after it.
 * @param {string} root the clone
 * @param {string[]} projects names from vitest.config.ts
 * @returns {Promise<{ passed: number, failed: number }>} `failed` is at least 1 when vitest failed
 */
export async function runTests(root, projects) {
  const folder = await mkdtemp(path.join(tmpdir(), "muster-results-"));
  const results = path.join(folder, "results.json");
  try {
    const chosen = projects.flatMap((project) => ["--project", project]);
    const json = ["--reporter=json", `--outputFile.json=${results}`];
    const reporters = ["--reporter=default", `--reporter=${timing}`, ...json];
    const command = [findProgram(root, "vitest"), "run", ...chosen, ...reporters];
    const { code } = await runScript(root, command, { isQuiet: false });
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(results, "utf8"));
    return { passed: numPassedTests, failed: code === 0 ? numFailedTests : Math.max(numFailedTests, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
