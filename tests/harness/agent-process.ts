import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { COMPILE_CACHE } from "./compile-cache.ts";

const MAIN = fileURLToPath(new URL("../../desktop-agent/src/headless/main.ts", import.meta.url));
export const TOKEN = `mt_${"t".repeat(43)}`;

export type Ended = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };

export type AgentProcess = {
  pid: number;
  ended: Promise<Ended>;
  /** What it wrote to standard error so far. */
  stderr(): string;
  /** As a power cut would end it. */
  kill(): Promise<Ended>;
  /** As the service manager ends it. */
  stop(): Promise<Ended>;
};

export type StartOptions = {
  stdin?: string;
  env?: Record<string, string>;
  /** A program that starts the agent in its place. */
  wrapper?: readonly string[];
  /** Another main file of the agent. */
  main?: string;
  /** The agent as a single file, in place of Node and a main file. */
  program?: string;
};

export type AgentHomeFolder = {
  path: string;
  /** Starts `muster-agent` with these arguments on this home folder. */
  start(args: string[], options?: StartOptions): AgentProcess;
  /** Runs a command to its end and reads its `--json`. */
  ask(...args: string[]): Promise<{ code: number | null; data: Record<string, unknown> }>;
  enrol(url: string): Promise<Ended>;
  remove(): Promise<void>;
};

/** A home folder of its own for real processes of the agent. */
export async function makeAgentHomeFolder(given?: string): Promise<AgentHomeFolder> {
  const home = given ?? (await mkdtemp(path.join(os.tmpdir(), "muster-agent-")));

  function start(args: string[], options: StartOptions = {}) {
    const { stdin = "", env = {}, wrapper = [], main = MAIN, program } = options;
    const agent = program === undefined ? [process.execPath, main] : [program];
    const [file = "", ...all] = [...wrapper, ...agent, ...args];
    const child = spawn(file, all, {
      env: { PATH: process.env.PATH, MUSTER_AGENT_HOME: home, ...COMPILE_CACHE, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdin.on("error", () => undefined).end(stdin);
    let stderrText = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderrText += chunk.toString();
    });
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        output.then(([stdout, stderr]) => resolve({ code, signal, stdout, stderr }), reject);
      });
    });
    const end = (signal: NodeJS.Signals) => {
      child.kill(signal);
      return ended;
    };
    const stderr = () => stderrText;
    return { pid: child.pid ?? 0, ended, stderr, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
  }

  return {
    path: home,
    start,
    async ask(...args) {
      const { code, stdout } = await start([...args, "--json"]).ended;
      return { code, data: JSON.parse(stdout) as Record<string, unknown> };
    },
    enrol: (url) => start(["enrol", "--server", url, "--token-stdin"], { stdin: `${TOKEN}\n` }).ended,
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
