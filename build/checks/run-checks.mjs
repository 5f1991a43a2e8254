import { runScript } from "./run-script.mjs";

/**
 * Runs every check and prints one line each, followed by the output of a failing check.
 * @param {string} root the clone
 * @param {import("./list-checks.mjs").Check[]} checks
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks(root, checks) {
  let failed = 0;
  for (const { name, commands } of checks) {
    const startedAt = performance.now();
    const results = [];
    for (const command of commands) results.push(await runScript(root, command, { isQuiet: true }));
    const isGood = results.every(({ code }) => code === 0);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${name.padEnd(12)} ${isGood ? "ok    " : "FAILED"} ${seconds.padStart(5)} s\n`);
    if (isGood) continue;
    failed += 1;
    for (const { code, output } of results) if (code !== 0) process.stdout.write(`${output}\n`);
  }
  return { passed: checks.length - failed, failed };
}
