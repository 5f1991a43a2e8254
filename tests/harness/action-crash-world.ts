import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Action } from "@muster/shared/contracts/action.ts";
import { Action as ActionSchema, QueuedActions } from "@muster/shared/contracts/action.ts";
import { expect } from "vitest";
import type { FaultPoint } from "../../desktop-agent/src/agent/actions/fault-points.ts";
import { COMPILE_CACHE } from "./compile-cache.ts";
import { openShell, type TestShell } from "./command-line.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

const main = path.join(import.meta.dirname, "action-agent.ts");
// Longer than the minute for which an agent leaves a server alone that did not answer.
const TIMEOUT_MS = 90_000;

export type AgentRun = {
  process: ChildProcess;
  /** Resolves with the signal that ended it, null when it ended normally. */
  ended: Promise<NodeJS.Signals | null>;
  stderr(): string;
};

/** A machine of files whose agent is a real process. */
export type ActionMachine = {
  home: string;
  deviceId(): Promise<string>;
  /**
   * `killAt`: it ends itself there. `holdAt`: it stands still there until `resume`. `tray`: the tray of a user is attached, which
   * postpones a reboot by `postponeMs`.
   */
  start(how?: { killAt?: FaultPoint; holdAt?: FaultPoint; tray?: { postponeMs?: number } }): AgentRun;
  /** Resolves when the agent stands still. */
  held(): Promise<void>;
  resume(): Promise<void>;
  /** Another boot: the next run of the agent reads another boot id. */
  boot(): Promise<void>;
  /** What was really done, in order. */
  executions(): Promise<string[]>;
};

/** A real server process, and machines whose agents are real processes. */
export type ActionCrashWorld = {
  server(): ServerProcess;
  /** Kills the server as a power cut would, and starts it again on the same address. */
  crashServer(): Promise<void>;
  makeMachine(): Promise<ActionMachine>;
  /** A token by which another agent of this computer enrols. */
  makeToken(): Promise<string>;
  /** Asks for an action; gives its id. */
  queue(deviceId: string, type: string, payload?: object): Promise<string>;
  cancel(id: string): Promise<Action>;
  read(id: string): Promise<Action>;
  /** Resolves with the action once it fulfils the condition. */
  until(id: string, condition: (action: Action) => boolean): Promise<Action>;
  remove(): Promise<void>;
};

export async function startActionCrashWorld(): Promise<ActionCrashWorld> {
  const shell = await openShell("sqlite");
  const folder = await mkdtemp(path.join(tmpdir(), "muster-action-crash-"));
  const { orgId } = (await shell.run(["org", "create", "Acting"], { json: true })).json;
  const scopes = ["key", "create", "--org", orgId, "--name", "tests", "--scopes", "read,write,act,reboot"];
  const apiKey: string = (await shell.run(scopes, { json: true })).json.secret;
  const runs: AgentRun[] = [];
  let server = startServerProcess({ ...shell.environment, ...UNLIMITED });
  const { url } = await server.ready;
  const port = new URL(url).port;

  async function ask(method: string, route: string, body?: object) {
    const answer = await fetch(`${url}${route}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${route} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
  const read = async (id: string) => ActionSchema.parse(await ask("GET", `/api/v1/actions/${id}`));

  return {
    server: () => server,
    async crashServer() {
      server.process.kill("SIGKILL");
      await server.exited;
      server = startServerProcess({ ...shell.environment, ...UNLIMITED, MUSTER_PORT: port });
      await server.ready;
    },
    async makeMachine() {
      const machine = await makeMachine(folder, { url, token: await makeToken(shell, orgId) }, (run) => {
        runs.push(run);
      });
      return machine;
    },
    makeToken: () => makeToken(shell, orgId),
    async queue(deviceId, type, payload = {}) {
      const queued = QueuedActions.parse(
        await ask("POST", "/api/v1/actions", { type, payload, deviceIds: [deviceId] }),
      );
      return queued.actions[0]?.id ?? "";
    },
    cancel: async (id) => ActionSchema.parse(await ask("POST", `/api/v1/actions/${id}/cancel`)),
    read,
    async until(id, condition) {
      let seen: Action | null = null;
      await expect
        .poll(
          async () => {
            seen = await read(id);
            return condition(seen) || seen;
          },
          { timeout: TIMEOUT_MS },
        )
        .toBe(true);
      return seen ?? read(id);
    },
    async remove() {
      for (const run of runs) run.process.kill("SIGKILL");
      await Promise.all(runs.map(({ ended }) => ended));
      server.process.kill("SIGKILL");
      await server.exited;
      await shell.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const UNLIMITED = {
  MUSTER_DEVICE_REQUESTS_PER_S: "1000000",
  MUSTER_DEVICE_REQUESTS_AT_ONCE: "1000000",
  MUSTER_MEMBER_REQUESTS_PER_S: "1000000",
  MUSTER_MEMBER_REQUESTS_AT_ONCE: "1000000",
};

async function makeToken(shell: TestShell, orgId: string): Promise<string> {
  return (await shell.run(["token", "create", "--org", orgId], { json: true })).json.secret;
}

async function makeMachine(
  folder: string,
  server: { url: string; token: string },
  started: (run: AgentRun) => void,
): Promise<ActionMachine> {
  const home = await mkdtemp(path.join(folder, "machine-"));
  const executions = `${home}.executions`;
  const bootIdFile = `${home}.boot-id`;
  const heldFile = `${home}.held`;
  const machineId = randomBytes(16).toString("hex");
  const boot = () => writeFile(bootIdFile, `boot-${randomBytes(4).toString("hex")}`);
  await writeFile(executions, "");
  await boot();
  return {
    home,
    boot,
    async deviceId() {
      const identity = path.join(home, "identity.json");
      await expect
        .poll(() => readFile(identity, "utf8").catch(() => null), { timeout: TIMEOUT_MS })
        .not.toBeNull();
      return JSON.parse(await readFile(identity, "utf8")).deviceId;
    },
    executions: async () => (await readFile(executions, "utf8")).split("\n").filter((line) => line !== ""),
    async held() {
      await expect.poll(() => existsSync(heldFile), { timeout: TIMEOUT_MS }).toBe(true);
    },
    resume: () => rm(heldFile),
    start({ killAt, holdAt, tray } = {}) {
      const run = startAgent({
        PATH: process.env.PATH,
        ...COMPILE_CACHE,
        MUSTER_AGENT_HOME: home,
        MUSTER_AGENT_INTERVAL: "1",
        MUSTER_AGENT_SERVER: server.url,
        MUSTER_ENROL_TOKEN: server.token,
        MUSTER_AGENT_ALLOWED_ACTIONS: `${home}.allowed`,
        TEST_EXECUTIONS: executions,
        TEST_BOOT_ID: bootIdFile,
        TEST_MACHINE_ID: machineId,
        TEST_HELD: heldFile,
        ...(killAt && { TEST_KILL_AT: killAt }),
        ...(holdAt && { TEST_HOLD_AT: holdAt }),
        ...(tray && { TEST_TRAY: "ann", MUSTER_AGENT_RUN_DIR: `${home}.run` }),
        ...(tray?.postponeMs !== undefined && { TEST_POSTPONE_MS: String(tray.postponeMs) }),
      });
      started(run);
      return run;
    },
  };
}

function startAgent(env: NodeJS.ProcessEnv): AgentRun {
  const child = spawn(process.execPath, [main], { env, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  const ended = once(child, "exit").then(([, signal]) => signal as NodeJS.Signals | null);
  return { process: child, ended, stderr: () => stderr };
}
