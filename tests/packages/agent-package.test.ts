import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeDeb } from "../../build/agent-package/make-deb.ts";
import { copyBuiltAgent } from "../harness/built-agent.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { listInstalled, obstacleToInstalling } from "../harness/installation.ts";
import { askAgent, type RunningAgent, runProgram, startProgram } from "../harness/installed-agent.ts";
import { startServerProcess } from "../harness/server-process.ts";
import { sandboxedRun } from "../harness/service-sandbox.ts";

const root = path.join(import.meta.dirname, "../..");
const installer = path.join(root, "deploy/install-linux.sh");
const HOME = "/var/lib/muster-agent";
const CONFIGURATION = "/etc/muster-agent/config.json";
const SOON = { timeout: 20_000, interval: 250 };

const obstacle = obstacleToInstalling();
const name = obstacle === null ? "the packaged agent" : `the packaged agent (skipped: ${obstacle})`;

describe.skipIf(obstacle !== null)(name, () => {
  let folder: string;
  let executable: string;
  let shell: TestShell;
  let environment: Record<string, string>;
  let server: ReturnType<typeof startServerProcess>;
  let url: string;
  let apiKey: string;
  let agents: RunningAgent[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "muster-package-"));
    executable = await copyBuiltAgent("linux-x64", path.join(folder, "muster-agent"));
    shell = await openShell("sqlite");
    environment = shell.environment;
    server = startServerProcess(environment);
    ({ url } = await server.ready);
    const key = await shell.run(["key", "create", "--name", "test", "--scopes", "read,act"], { json: true });
    apiKey = key.json.secret;
    environment = { ...environment, MUSTER_PORT: new URL(url).port };
  }, 120_000);

  afterEach(async () => {
    await Promise.all(agents.map((agent) => agent.stop()));
    agents = [];
    await runProgram(["dpkg", "--purge", "muster-agent"]);
    await runProgram(["sh", installer, "--uninstall"]);
  });

  afterAll(async () => {
    await stopServer();
    await shell.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function stopServer() {
    server.process.kill("SIGTERM");
    await server.exited;
  }

  function start(command: string[]): RunningAgent {
    const agent = startProgram(command);
    agents.push(agent);
    return agent;
  }

  async function makeToken(): Promise<string> {
    return (await shell.run(["token", "create"], { json: true })).json.secret;
  }

  async function ask(address: string, body?: object): Promise<ReturnType<typeof JSON.parse>> {
    const answer = await fetch(`${url}${address}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.ok).toBe(true);
    return answer.json();
  }

  const makePackage = (revision: number) =>
    makeDeb({ root, executable, folder, revision, compression: "none" });
  const install = (deb: string) => runProgram(["dpkg", "--install", deb]);
  const reporting = async () => (await askAgent("muster-agent", "status")).reporting;
  const delivered = async () => (await reporting())?.contact.lastDeliveredAtMs ?? 0;
  const readState = async () => [
    await readFile(CONFIGURATION, "utf8"),
    await readFile(`${HOME}/identity.json`, "utf8"),
    await readSpool(),
  ];

  async function readSpool() {
    const names = await readdir(`${HOME}/spool`);
    return Promise.all(names.toSorted().map((file) => readFile(`${HOME}/spool/${file}`, "utf8")));
  }

  it("is installed, enrols, reports, is upgraded with the samples in its spool, and purged completely", async () => {
    const before = listInstalled();
    expect(await install(await makePackage(1))).toMatchObject({ code: 0, stderr: "" });
    await writeFile(CONFIGURATION, '{"interval": 1}\n');
    const token = await makeToken();
    const enrolled = await runProgram(["muster-agent", "enrol", "--server", url, "--token-stdin"], {
      stdin: token,
    });
    expect(enrolled).toMatchObject({ code: 0, stderr: "" });

    const first = start(["muster-agent", "run"]);
    await expect.poll(delivered, SOON).toBeGreaterThan(0);
    const { deviceId, intervalS } = await reporting();
    expect(intervalS).toBe(1);
    await stopServer();
    await expect.poll(async () => (await reporting()).spool.samples, SOON).toBeGreaterThan(0);
    expect(await first.stop()).toMatchObject({ code: 0 });

    const kept = await readState();
    expect(await install(await makePackage(2))).toMatchObject({ code: 0, stderr: "" });
    expect((await runProgram(["dpkg-query", "-W", "-f", "${Version}", "muster-agent"])).stdout).toMatch(
      /-2$/,
    );
    expect(await readState()).toEqual(kept);

    server = startServerProcess(environment);
    await server.ready;
    start(["muster-agent", "run"]);
    await expect.poll(async () => (await reporting())?.spool.samples, SOON).toBe(0);
    expect((await reporting()).deviceId).toBe(deviceId);
    await agents.at(-1)?.stop();

    await runProgram(["dpkg", "--remove", "muster-agent"]);
    expect((await readState()).slice(0, 2)).toEqual(kept.slice(0, 2));
    expect(await runProgram(["dpkg", "--purge", "muster-agent"])).toMatchObject({ code: 0 });
    expect(listInstalled()).toEqual(before);
  });

  it("measures everything with no more rights than its unit gives", async ({ skip }) => {
    await install(await makePackage(1));
    const unit = "/usr/lib/systemd/system/muster-agent.service";
    const command = await sandboxedRun(unit, "/usr/bin/muster-agent");
    if (command === null) return skip("this system lets nobody make mounts");
    await runProgram(["muster-agent", "enrol", "--server", url, "--token-stdin"], {
      stdin: await makeToken(),
    });
    start(command);
    await expect.poll(delivered, SOON).toBeGreaterThan(0);
    const { deviceId, skipped } = await reporting();
    // The login manager is not there where no systemd is.
    expect(skipped.filter(({ collector }: { collector: string }) => collector !== "session")).toEqual([]);
    const { metrics } = await ask(`/api/v1/devices/${deviceId}`);
    expect(metrics).toMatchObject({ disk: expect.any(Number), memory: expect.any(Number) });
  });

  it("is installed by the script with its legacy parameters, keeps the token out of arguments, restarts on request, and leaves nothing", async () => {
    const before = listInstalled();
    const seen = path.join(folder, "arguments");
    const recorder = path.join(folder, "recorder");
    await writeFile(recorder, `#!/bin/sh\nprintf '%s\\n' "$*" >>'${seen}'\nexec '${executable}' "$@"\n`);
    await chmod(recorder, 0o755);
    const token = await makeToken();
    const older = ["-s", url, "-k", token, "-m", "OLD-ID", "-d", "/opt/muster-agent-test"];
    const installed = await runProgram(["sh", installer, ...older, "--binary", recorder], {
      env: { INTERVAL_SECONDS: "7" },
    });
    expect(installed.code).toBe(0);
    expect(installed.stderr).toContain("-k shows the token");
    expect(installed.stderr).toContain("-m is not used");
    const recorded = await readFile(seen, "utf8");
    expect(recorded).toBe(
      `install --server ${url} --interval 7 --dir /opt/muster-agent-test --token-stdin\n`,
    );
    expect(await readFile(CONFIGURATION, "utf8")).toBe('{"interval": 7}\n');

    const { deviceId } = await reporting();
    const { pid } = await askAgent("muster-agent", "status");
    const { actions } = await ask("/api/v1/actions", { type: "restart", deviceIds: [deviceId] });
    await expect.poll(async () => (await ask(`/api/v1/actions/${actions[0].id}`)).state, SOON).toBe("done");
    expect((await askAgent("muster-agent", "status")).pid).not.toBe(pid);

    const removed = await runProgram(["sh", installer, "--uninstall"]);
    expect(removed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("The server keeps the history."),
    });
    expect(listInstalled()).toEqual(before);
  });

  it("is installed by the server's line, refuses a line whose token was used, and is removed by another line", async () => {
    const before = listInstalled();
    await shell.run(["artefacts", "add", executable, "--system", "linux-x64", "--version", "0.1.0"]);
    const args = ["install-line", "--system", "linux"];
    const { line, uninstallLine } = (await shell.run(args, { json: true, environment })).json;
    const installed = await runProgram(["sh"], { stdin: `${line}\n` });
    expect(installed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("The server has its first report."),
    });
    const removed = await runProgram(["sh"], { stdin: `${uninstallLine}\n` });
    expect(removed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("The server keeps the history."),
    });
    expect(listInstalled()).toEqual(before);

    const again = await runProgram(["sh"], { stdin: `${line}\n` });
    expect(again).toMatchObject({ code: 4, stderr: expect.stringContaining("refused the enrolment") });
    expect(listInstalled()).toEqual(before);
  });
});
