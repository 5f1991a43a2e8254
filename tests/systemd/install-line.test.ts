import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleAgent } from "../../build/agent-package/bundle-agent.ts";
import { makeExecutable } from "../../build/agent-package/make-executable.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { startServerProcess } from "../harness/server-process.ts";
import { startSystemdMachine, type SystemdMachine } from "../harness/systemd-machine.ts";

const root = path.join(import.meta.dirname, "../..");
const UNIT = "muster-agent.service";

describe("the install line on a machine with systemd", () => {
  let folder: string;
  let shell: TestShell;
  let server: ReturnType<typeof startServerProcess>;
  let url: string;
  let apiKey: string;
  let machine: SystemdMachine;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "muster-line-test-"));
    const bundle = await bundleAgent(root, path.join(folder, "muster-agent.cjs"));
    const executable = await makeExecutable({ root, bundle, folder, print: () => undefined });
    shell = await openShell("sqlite");
    const agents = path.join(shell.dataDir, "agents");
    await mkdir(agents, { recursive: true, mode: 0o700 });
    await copyFile(executable, path.join(agents, "linux-x64"));
    server = startServerProcess(shell.environment);
    ({ url } = await server.ready);
    const key = await shell.run(["key", "create", "--name", "test", "--scopes", "read"], { json: true });
    apiKey = key.json.secret;
    machine = await startSystemdMachine();
  });

  afterAll(async () => {
    await machine.remove();
    server.process.kill("SIGTERM");
    await server.exited;
    await shell.remove();
    await rm(folder, { recursive: true });
  });

  async function makeLine() {
    const environment = { MUSTER_PORT: new URL(url).port };
    return (await shell.run(["install-line", "--system", "linux"], { json: true, environment })).json;
  }

  async function listDevices() {
    const answer = await fetch(`${url}/api/v1/devices`, { headers: { authorization: `Bearer ${apiKey}` } });
    return (await answer.json()).items;
  }

  it("installs, enrols and starts the agent, and the first report arrives", async () => {
    const { line, uninstallLine } = await makeLine();
    const ran = await machine.run(["sh", "-c", line]);
    expect(ran.code).toBe(0);
    await expect.poll(async () => (await listDevices())[0]?.presence.connection).toBe("online");
    const removed = await machine.run(["sh", "-c", uninstallLine]);
    const left = await machine.run([
      "find",
      "/etc",
      "/opt",
      "/usr",
      "/var/lib",
      "/run",
      "/root",
      "/tmp",
      "-name",
      "*muster*",
    ]);
  });
});
