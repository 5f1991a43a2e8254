import { spawn } from "node:child_process";

const forwarded = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs the command line of this process again under another Node, forwards signals, and ends with the same result.
 * @param {string} node path of the other Node
 * @returns {Promise<void>} after the other process ended; the exit code is set
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
