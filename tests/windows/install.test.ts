import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyBuiltAgent } from "../harness/built-agent.ts";
import { type InstallWorld, startInstallWorld } from "../harness/install-world.ts";
import { startWineMachine, type WineMachine } from "../harness/wine-machine.ts";

const DRIVE = "prefix/drive_c";
const INSTALLED = "C:\\Program Files\\Muster Agent\\muster-agent.exe";

describe("installing the agent on Windows, played by Wine", () => {
  let world: InstallWorld;
  let machine: WineMachine;

  beforeAll(async () => {
    machine = await startWineMachine();
    await copyBuiltAgent("windows-x64", path.join(machine.folder, "muster-agent.exe"));
    world = await startInstallWorld(["windows-x64"]);
  });
  afterAll(async () => {
    await machine.remove();
    await world.remove();
  });

  async function startTaskScheduler(): Promise<string> {
    await machine.run(["net.exe", "start", "Schedule"]);
    return (await machine.run(["sc.exe", "query", "Schedule"])).stdout;
  }
  const file = (name: string) => path.join(machine.folder, DRIVE, name);

  it("is offered as a line for PowerShell with the token on its pipeline", async () => {
    const { line, uninstallLine } = await world.makeLine("windows");
    expect(line).toMatch(/; 'mt_[\w-]{43}' \| & \(\[scriptblock\]::Create\(/);
    expect(uninstallLine).toContain("$env:ProgramFiles\\Muster Agent\\muster-agent.exe");
  });

  // What follows is what the script does once it has verified the agent: Wine has no PowerShell.
  it("puts files in their places, enrols, and asks Task Scheduler to run it", async () => {
    // After its first start Wine locks its services for up to half a minute, and Task Scheduler is one of them.
    await expect.poll(startTaskScheduler, { timeout: 120_000 }).toContain("RUNNING");
    const { token } = (await world.shell.run(["token", "create"], { json: true })).json;
    const command = [
      "Z:\\machine\\muster-agent.exe",
      "install",
      "--server",
      world.url,
      "--token-stdin",
      "--interval",
      "5",
    ];
    const installed = await machine.run(command, { stdin: token });
    expect(installed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("started by Task Scheduler"),
    });
    expect((await readdir(file("Program Files/Muster Agent"))).toSorted()).toEqual([
      "muster-agent.exe",
      "run-agent.cmd",
    ]);
    expect(await readFile(file("ProgramData/Muster Agent/config.json"), "utf8")).toBe('{"interval": 5}\n');
    expect(await world.listDevices()).toHaveLength(1);
    expect(existsSync(file("ProgramData/Muster Agent/task.xml"))).toBe(false);
  });

  it("keeps its identity when it is installed again", async () => {
    const again = await machine.run([
      "Z:\\machine\\muster-agent.exe",
      "install",
      "--server",
      world.url,
      "--token-stdin",
    ]);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining("already enrolled") });
    expect(await world.listDevices()).toHaveLength(1);
  });

  it("is removed by its own program, which removes itself last", async () => {
    expect(await machine.run([INSTALLED, "uninstall"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("The server keeps the history."),
    });
    expect(existsSync(file("ProgramData/Muster Agent"))).toBe(false);
    await expect.poll(() => existsSync(file("Program Files/Muster Agent"))).toBe(false);
  });
});
