import { spawn } from "node:child_process";

/**
 * Runs a script under this Node and forwards signals to it, so that it ends when this process is stopped.
 * @param {string} root where it runs
 * @param {string[]} command the script and its arguments
 * @param {{ isQuiet: boolean }} options `isQuiet`: collects the output instead of showing it
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runScript(root, command, { isQuiet }) {
  const shown = isQuiet ? "pipe" : "inherit";
  const child = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", shown, shown] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => (output += text));
  }
  const code = await waitWithSignals(child);
  return { code, output };
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>} the exit code; a forwarded signal ends this process as well
 */
function waitWithSignals(child) {
  /** @type {NodeJS.Signals | null} */
  let forwarded = null;
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    forwarded = signal;
    child.kill(signal);
  };
  process.on("SIGINT", forward).on("SIGTERM", forward);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      if (forwarded) process.kill(process.pid, forwarded);
      resolve(code ?? 1);
    });
  });
}
