import { spawn } from "node:child_process";

/**
 * Runs a script under this Node and passes signals on to it, so that nothing goes on when this process is told to end.
 * @param {string} root where it runs
 * @param {string[]} command the script and its arguments
 * @param {{ isQuiet: boolean }} how quiet: what it says is collected instead of shown
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
 * @returns {Promise<number>} the exit code; a signal that was passed on ends this process as well
 */
function waitWithSignals(child) {
  /** @type {NodeJS.Signals | null} */
  let passedOn = null;
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    passedOn = signal;
    child.kill(signal);
  };
  process.on("SIGINT", passOn).on("SIGTERM", passOn);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGINT", passOn).off("SIGTERM", passOn);
      if (passedOn) process.kill(process.pid, passedOn);
      resolve(code ?? 1);
    });
  });
}
