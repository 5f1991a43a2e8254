import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

export type RunEnd = { code: number | null; stdout: string; stderr: string };

export type RunningAgent = { pid: number; ended: Promise<RunEnd>; stop(): Promise<RunEnd> };

/** Where root's programs are; not on everybody's PATH, and a package manager asks for them. */
const ROOT_PATH = "/usr/local/sbin:/usr/sbin:/sbin";

/** Starts a program as a user of this machine would: with their PATH and nothing of this process's settings. */
export function startProgram(
  [file = "", ...args]: readonly string[],
  { stdin = "", env = {} }: { stdin?: string; env?: Record<string, string> } = {},
): RunningAgent {
  const child = spawn(file, args, {
    env: { PATH: `${process.env["PATH"]}:${ROOT_PATH}`, DEBIAN_FRONTEND: "noninteractive", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => undefined).end(stdin);
  const output = Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  const ended = output.then(([stdout, stderr, [code]]) => ({ code, stdout, stderr }));
  return {
    pid: child.pid ?? 0,
    ended,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Runs a program to its end. */
export function runProgram(
  command: readonly string[],
  options?: Parameters<typeof startProgram>[1],
): Promise<RunEnd> {
  return startProgram(command, options).ended;
}

/** What `muster-agent <command> --json` prints. */
export async function askAgent(program: string, ...args: string[]): Promise<ReturnType<typeof JSON.parse>> {
  const { stdout } = await runProgram([program, ...args, "--json"]);
  return JSON.parse(stdout);
}
