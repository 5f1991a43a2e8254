import { spawn } from "node:child_process";

const forwarded = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs this process's own command line again under another Node, passes signals on, and ends as it ended.
 * @param {string} node path of the other Node
 * @returns {Promise<void>} after the other one ended; the exit code is set
 */
export async function rerunUnder(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exitCode, exitSignal) => resolve([exitCode, exitSignal]));
  });
  if (signal === null) {
    process.exitCode = code;
    return;
  }
  for (const name of forwarded) process.removeAllListeners(name);
  process.kill(process.pid, signal);
}
