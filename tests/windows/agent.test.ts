import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyBuiltAgent } from "../harness/built-agent.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { startServerProcess } from "../harness/server-process.ts";
import { startWineMachine, type WindowsResult, type WineMachine } from "../harness/wine-machine.ts";

const AGENT = ["Z:\\machine\\muster-agent.exe"];
/** Where the machine's folders are, seen from the host. */
const PROGRAM_DATA = "prefix/drive_c/ProgramData";
/** How the agent ends when an action asked for a restart. */
const RESTART_EXIT_CODE = 75;

describe("the agent on Windows, played by Wine", () => {
  let shell: TestShell;
  let environment: Record<string, string>;
  let server: ReturnType<typeof startServerProcess>;
  let url: string;
  let apiKey: string;
  let machine: WineMachine;
  let running: Promise<WindowsResult>;
  let deviceId: string;

  beforeAll(async () => {
    machine = await startWineMachine();
    await copyBuiltAgent("windows-x64", path.join(machine.folder, "muster-agent.exe"));
    shell = await openShell("sqlite");
    server = startServerProcess(shell.environment);
    ({ url } = await server.ready);
    environment = { ...shell.environment, MUSTER_PORT: new URL(url).port };
    const key = await shell.run(["key", "create", "--name", "test", "--scopes", "read,act"], { json: true });
    apiKey = key.json.secret;
  });

  afterAll(async () => {
    await machine.remove();
    server.process.kill("SIGTERM");
    await server.exited;
    await shell.remove();
  });

  const agent = (...args: string[]) =>
    machine.run([...AGENT, ...args], {
      environment: { MUSTER_AGENT_INTERVAL: "1", MUSTER_AGENT_SERVICE: "1" },
    });
  const status = async () => JSON.parse((await agent("status", "--json")).stdout);
  const lastDelivered = async () => (await status()).reporting?.contact.lastDeliveredAtMs ?? 0;
  const device = () => ask(`/api/v1/devices/${deviceId}`);
  const action = (id: string) => ask(`/api/v1/actions/${id}`);

  async function ask(address: string, body?: object): Promise<ReturnType<typeof JSON.parse>> {
    const answer = await fetch(`${url}${address}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.ok).toBe(true);
    return answer.json();
  }

  async function killAgent(): Promise<void> {
    const { pid } = await status();
    await machine.run(["taskkill", "/F", "/PID", String(pid)]);
    await running;
  }

  it("enrols with a token from standard input", async () => {
    const token = (await shell.run(["token", "create"], { json: true })).json.secret;
    const args = [...AGENT, "enrol", "--server", url, "--token-stdin"];
    const { code, stdout } = await machine.run(args, { stdin: token });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("Enrolled") });
  });

  it("reports, and answers its own command line over a named pipe", async () => {
    running = agent("run");
    await expect.poll(lastDelivered).toBeGreaterThan(0);
    ({ deviceId } = (await status()).reporting);
    expect(await device()).toMatchObject({
      inventory: { os: { family: "windows", arch: "x64" } },
      metrics: { memory: expect.any(Number), disk: expect.any(Number) },
    });
  });

  it("does not run a second agent beside it", async () => {
    const second = await agent("run");
    expect(second.code).not.toBe(0);
    expect(second.stderr).toMatch(/Another agent runs/);
  });

  it("ends for its service manager when an action requests a restart, and reports it as done afterwards", async () => {
    const { actions } = await ask("/api/v1/actions", { type: "restart", deviceIds: [deviceId] });
    expect((await running).code).toBe(RESTART_EXIT_CODE);
    running = agent("run");
    await expect.poll(async () => (await action(actions[0].id)).state).toBe("done");
  });

  it("keeps its identity and its samples over a kill while the server is away", async () => {
    server.process.kill("SIGTERM");
    await server.exited;
    await expect.poll(async () => (await status()).reporting.spool.samples).toBeGreaterThan(0);
    await killAgent();
    running = agent("run");
    server = startServerProcess(environment);
    await server.ready;
    await expect.poll(async () => (await status()).reporting?.spool.samples).toBe(0);
    expect((await status()).reporting.deviceId).toBe(deviceId);
  });

  it("refuses what the device's administrator forbids", async () => {
    const folder = path.join(machine.folder, PROGRAM_DATA, "Muster");
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "allowed-actions.json"), '{"allowed": ["message"]}');
    const { actions } = await ask("/api/v1/actions", { type: "refresh-inventory", deviceIds: [deviceId] });
    await expect
      .poll(() => action(actions[0].id))
      .toMatchObject({ state: "error", error: { code: "forbidden-by-device" } });
  });

  it("leaves, and informs the server", async () => {
    await killAgent();
    expect(await agent("leave")).toMatchObject({ code: 0 });
    expect((await status()).state).not.toBe("reporting");
  });
});
