import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ConnectionTimeouts } from "../../server/src/platform/http/connection-timeouts.ts";
import { COMPILE_CACHE } from "./compile-cache.ts";
import type { KillAtCommit } from "./kill-at-commit-server.ts";

const main = path.join(import.meta.dirname, "../../server/src/main.ts");
const killAtCommitMain = path.join(import.meta.dirname, "kill-at-commit-server.ts");
const impatientMain = path.join(import.meta.dirname, "impatient-server.ts");

export type ServerProcess = {
  process: ChildProcess;
  /** What it sends to its launcher when it is ready; rejects with its output when it ends before. */
  ready: Promise<{ url: string; setupUrl: string | null }>;
  localAgentToken: Promise<string | null>;
  /** Resolves with the exit code. */
  exited: Promise<number | null>;
  stdout(): string;
  stderr(): string;
};

/** A build of the agent takes more processor time than most tests. */
const NO_BUILD = { MUSTER_BUILD_AGENT: "0" };

/** Starts a real server the way the launcher does. Only `environment` holds settings, none of this process's; without it, no agent is built. */
export function startServerProcess(environment: Record<string, string>): ServerProcess {
  return startProcess(main, environment);
}

/** The same with other timeouts of connections, so that tests wait seconds and not minutes. */
export function startImpatientServer(
  environment: Record<string, string>,
  timeouts: Partial<ConnectionTimeouts>,
): ServerProcess {
  return startProcess(impatientMain, { ...environment, TEST_CONNECTION_TIMEOUTS: JSON.stringify(timeouts) });
}

/** The same, and kills itself at a commit that `armKill` names. */
export function startKillAtCommitServer(environment: Record<string, string>): ServerProcess {
  return startProcess(killAtCommitMain, environment);
}

/** Has a server kill itself before or after the commit that is the `count`th from now on. */
export async function armKill(server: ServerProcess, order: Omit<KillAtCommit, "type">): Promise<void> {
  const armed = new Promise<void>((resolve) => {
    server.process.on("message", ({ type }: { type: string }) => {
      if (type === "armed") resolve();
    });
  });
  if (server.process.connected) server.process.send({ type: "kill-at-commit", ...order });
  await armed;
}

function startProcess(file: string, environment: Record<string, string>): ServerProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(MUSTER_|NODE_|VITEST)/.test(name));
  const child = fork(file, [], {
    env: { ...Object.fromEntries(inherited), ...COMPILE_CACHE, ...NO_BUILD, ...environment },
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const exited = waitForEnd(child);
  const ready = Promise.withResolvers<{ url: string; setupUrl: string | null }>();
  const token = Promise.withResolvers<string | null>();
  child.on("message", (message: { type: string; url: string; setupUrl: string; enrolmentToken: string }) => {
    if (message.type === "ready") ready.resolve(message);
    if (message.type === "local-agent") token.resolve(message.enrolmentToken);
  });
  void exited.then((code) => {
    const reason = new Error(`The server ended with ${code}: ${stderr}`);
    ready.reject(reason);
    token.reject(reason);
  });
  // Callers that do not wait for these two still learn of the exit.
  ready.promise.catch(() => {});
  token.promise.catch(() => {});
  return {
    process: child,
    ready: ready.promise,
    localAgentToken: token.promise,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
  };
}

// Not by the event "close": it never comes to a parent that has disconnected.
async function waitForEnd(child: ChildProcess): Promise<number | null> {
  const streams = [child.stdout, child.stderr].map((stream) => stream && once(stream, "close"));
  const [[code]] = await Promise.all([once(child, "exit"), ...streams]);
  return code;
}

/** A folder for one server's data; remove it in the end. */
export async function makeDataFolder(): Promise<{ dataDir: string; remove(): Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "muster-data-"));
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true }) };
}
