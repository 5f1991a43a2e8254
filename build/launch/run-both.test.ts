import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";

const runBoth = new URL("run-both.mjs", import.meta.url).href;
const hasSignals = process.platform !== "win32";
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const stopsWhenAsked = (name: string) => `
  process.on("SIGTERM", () => { console.log("${name} stopped"); process.exit(0); });
  setInterval(() => {}, 1000);
  console.log("${name} pid", process.pid);
`;
const readyServer = `
  ${stopsWhenAsked("server")}
  process.send({ type: "ready", url: "http://127.0.0.1:1", setupUrl: null });
  process.send({ type: "local-agent", enrolmentToken: "secret" });
`;
const agentIn = (state: string) => `
  import { text } from "node:stream/consumers";
  const [verb, ...rest] = process.argv.slice(2);
  if (verb === "status") {
    console.log(JSON.stringify({ state: { kind: "${state}" } }));
  } else if (verb === "enrol") {
    console.log("enrol", ...rest, "with", (await text(process.stdin)).trim());
  } else {
    console.log("agent", verb, ...rest);
    ${stopsWhenAsked("agent")}
  }
`;

const workingAgent = agentIn("not-enrolled");

type Launcher = { child: ChildProcess; output: () => string; waitFor: (text: string) => Promise<void> };

async function launch(server: string, agent: string, environment = {}): Promise<Launcher> {
  const root = await mkdtemp(path.join(tmpdir(), "muster-launch-"));
  cleanups.push(() => rm(root, { recursive: true, force: true }));
  await write(root, "server/src/main.ts", server);
  await write(root, "desktop-agent/src/headless/main.ts", agent);
  await write(
    root,
    "launch.mjs",
    `import { runBoth } from "${runBoth}"; process.exitCode = await runBoth(${JSON.stringify(root)});`,
  );
  const child = spawn(process.execPath, [path.join(root, "launch.mjs")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
  const waitFor = async (text: string) => {
    while (!output.includes(text)) await once(child.stdout, "data");
  };
  return { child, output: () => output, waitFor };
}

async function write(root: string, file: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), content);
}

async function waitUntilEnded(pid: number): Promise<void> {
  const isRunning = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await expect.poll(isRunning).toBe(false);
}

const pidIn = (output: string, name: string) => Number(new RegExp(`${name} pid (\\d+)`).exec(output)?.[1]);

test.runIf(hasSignals).each(["SIGINT", "SIGTERM"] as const)(
  "on %s stops the agent, then the server, and ends with 0",
  async (signal) => {
    const launcher = await launch(readyServer, workingAgent);
    await launcher.waitFor("agent pid");
    launcher.child.kill(signal);
    const [code] = await once(launcher.child, "close");
    const lines = launcher.output().split("\n");
    expect(code).toBe(0);
    expect(lines).toContain("enrol --server http://127.0.0.1:1 --token-stdin with secret");
    expect(lines).toContain("agent run --server http://127.0.0.1:1");
    expect(lines.slice(-3)).toEqual(["agent stopped", "server stopped", ""]);
  },
);

test.runIf(hasSignals)("does not enrol an agent that is already enrolled", async () => {
  const launcher = await launch(readyServer, agentIn("stopped"));
  await launcher.waitFor("agent pid");
  launcher.child.kill("SIGINT");
  await once(launcher.child, "close");
  expect(launcher.output()).not.toContain("enrol");
});

test.runIf(hasSignals)("passes the agent its own settings and no setting of the server", async () => {
  const printsEnvironment = (name: string) =>
    `console.log("${name} environment", JSON.stringify(process.env));`;
  const secrets = {
    MUSTER_MASTER_KEY: "hunter2",
    MUSTER_DATABASE_URL: "postgres://muster:hunter2@db/x",
    MUSTER_MASTER_KEY_FILE: "/hunter2",
    MUSTER_A_FUTURE_SECRET: "hunter2",
    AWS_SECRET_ACCESS_KEY: "hunter2",
  };
  const launcher = await launch(
    `${printsEnvironment("server")} ${readyServer}`,
    `${printsEnvironment("agent")} ${agentIn("stopped")}`,
    { ...secrets, MUSTER_AGENT_INTERVAL: "77", LC_ALL: "C" },
  );
  await launcher.waitFor("agent pid");
  launcher.child.kill("SIGINT");
  await once(launcher.child, "close");
  const lines = launcher.output().split("\n");
  const environments = lines.filter((line) => line.startsWith("agent environment"));
  expect(environments.length).toBeGreaterThan(0);
  expect(environments.join()).not.toContain("hunter2");
  expect(environments.join()).toContain('"MUSTER_AGENT_INTERVAL":"77"');
  expect(environments.join()).toContain('"LC_ALL":"C"');
  expect(lines.find((line) => line.startsWith("server environment"))).toContain("hunter2");
});

test.runIf(hasSignals)("prints nothing when it is stopped before the server is ready", async () => {
  const launcher = await launch(`console.log("starting"); setInterval(() => {}, 1000);`, workingAgent);
  await launcher.waitFor("starting");
  launcher.child.kill("SIGINT");
  const [code] = await once(launcher.child, "close");
  expect(code).toBe(0);
  expect(launcher.output()).toBe("starting\n");
});

test("ends with 1 and adds nothing to the output of a server that cannot start", async () => {
  const launcher = await launch(`console.error("Port 8080 is taken."); process.exit(1);`, workingAgent);
  const [code] = await once(launcher.child, "close");
  expect(code).toBe(1);
  expect(launcher.output()).toBe("Port 8080 is taken.\n");
});

test.runIf(hasSignals)("stops the agent when the server ends on its own", async () => {
  const launcher = await launch(readyServer, workingAgent);
  await launcher.waitFor("agent pid");
  process.kill(pidIn(launcher.output(), "server"), "SIGKILL");
  const [code] = await once(launcher.child, "close");
  expect(code).toBe(1);
  expect(launcher.output()).toContain("agent stopped\nThe server was ended by SIGKILL.\n");
});

test.runIf(hasSignals)("keeps the server when the agent cannot be enrolled", async () => {
  const launcher = await launch(readyServer, `console.error("No such token."); process.exit(1);`);
  await launcher.waitFor("server pid");
  await expect.poll(launcher.output).toContain("The server continues without it.");
  launcher.child.kill("SIGINT");
  const [code] = await once(launcher.child, "close");
  expect(code).toBe(0);
});

test.runIf(hasSignals)("leaves no process behind when it is killed", async () => {
  const launcher = await launch(readyServer, workingAgent);
  await launcher.waitFor("agent pid");
  launcher.child.kill("SIGKILL");
  await waitUntilEnded(pidIn(launcher.output(), "server"));
  await waitUntilEnded(pidIn(launcher.output(), "agent"));
});
