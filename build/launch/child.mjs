import { spawn } from "node:child_process";
import path from "node:path";

const stopWithParent = new URL("stop-with-parent.mjs", import.meta.url).href;
const isWindows = process.platform === "win32";

/**
 * @typedef {{
 *   process: import("node:child_process").ChildProcess,
 *   exited: Promise<number>,
 *   stop: (graceMs: number) => Promise<void>,
 * }} Child `exited` resolves to the exit code, 1 after a signal; `stop` sends a stop signal, waits, then kills it and its children
 */

/**
 * Starts one of Muster's programs in its own process group: Ctrl-C in the terminal reaches the launcher only,
 * which then stops them in order.
 * @param {string} root the clone
 * @param {string} main path of the program inside the clone
 * @param {{ args?: string[], env?: NodeJS.ProcessEnv, stdin?: string, stdout?: "inherit" | "pipe" }} [given]
 * @returns {Child}
 */
export function startChild(root, main, { args = [], env = process.env, stdin, stdout = "inherit" } = {}) {
  const child = spawn(process.execPath, ["--import", stopWithParent, path.join(root, main), ...args], {
    cwd: root,
    env,
    stdio: [stdin === undefined ? "ignore" : "pipe", stdout, "inherit", "ipc"],
    detached: !isWindows,
  });
  if (child.stdin) child.stdin.on("error", () => {}).end(stdin);
  const exited = new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
  return { process: child, exited, stop: (graceMs) => stopChild(child, exited, graceMs) };
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {Promise<number>} exited
 * @param {number} graceMs
 */
async function stopChild(child, exited, graceMs) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (isWindows) child.disconnect();
  else child.kill("SIGTERM");
  const timer = setTimeout(() => endGroup(child), graceMs);
  await exited;
  clearTimeout(timer);
}

/** @param {import("node:child_process").ChildProcess} child */
function endGroup(child) {
  if (isWindows || child.pid === undefined) child.kill("SIGKILL");
  else process.kill(-child.pid, "SIGKILL");
}
