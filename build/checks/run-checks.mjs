import { spawn } from "node:child_process";

/**
 * Runs every check, one line each; what a failing one said follows its line.
 * @param {string} root the clone
 * @param {import("./list-checks.mjs").Check[]} checks
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks(root, checks) {
  let failed = 0;
  for (const { name, commands } of checks) {
    const startedAt = performance.now();
    const results = [];
    for (const command of commands) results.push(await runQuietly(root, command));
    const isGood = results.every(({ code }) => code === 0);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${name.padEnd(12)} ${isGood ? "ok    " : "FAILED"} ${seconds.padStart(5)} s\n`);
    if (isGood) continue;
    failed += 1;
    for (const { code, output } of results) if (code !== 0) process.stdout.write(`${output}\n`);
  }
  return { passed: checks.length - failed, failed };
}

/**
 * @param {string} root
 * @param {string[]} command
 * @returns {Promise<{ code: number, output: string }>}
 */
function runQuietly(root, command) {
  const child = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
