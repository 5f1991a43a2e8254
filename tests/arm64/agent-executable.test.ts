import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeDeb } from "../../build/agent-package/make-deb.ts";
import { copyBuiltAgent } from "../harness/built-agent.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type RunningAgent, runProgram, startProgram } from "../harness/installed-agent.ts";
import { startSystemdMachine } from "../harness/systemd-machine.ts";
import { startServerProcess } from "../harness/server-process.ts";

const root = path.join(import.meta.dirname, "../..");
const EMULATOR = ["/usr/bin/qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu"] as const;

describe("the agent as one file for arm64", () => {
  let folder: string;
  let executable: string;
  let shell: TestShell;
  let server: ReturnType<typeof startServerProcess>;
  let url: string;
  let apiKey: string;
  let agent: RunningAgent | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "muster-arm64-"));
    executable = await copyBuiltAgent("linux-arm64", path.join(folder, "muster-agent"));
    shell = await openShell("sqlite");
    server = startServerProcess(shell.environment);
    ({ url } = await server.ready);
    const key = await shell.run(["key", "create", "--name", "test", "--scopes", "read"], { json: true });
    apiKey = key.json.secret;
  });

  afterEach(async () => {
    await agent?.stop();
  });

  afterAll(async () => {
    server.process.kill("SIGTERM");
    await server.exited;
    await shell.remove();
    await rm(folder, { recursive: true });
  });

  const home = () => ({ env: { MUSTER_AGENT_HOME: path.join(folder, "home") } });

  async function listDevices() {
    const answer = await fetch(`${url}/api/v1/devices`, { headers: { authorization: `Bearer ${apiKey}` } });
    return (await answer.json()).items;
  }

  it("is a program for that architecture only", async () => {
    const header = (await readFile(executable)).subarray(0, 20);
    // The ELF header's machine: EM_AARCH64.
    expect(header.readUInt16LE(18)).toBe(183);
  });

  it("enrols, reports its architecture and stops when asked", async () => {
    const token = (await shell.run(["token", "create"], { json: true })).json.secret;
    const enrolled = await runProgram([...EMULATOR, executable, "enrol", "--server", url, "--token-stdin"], {
      stdin: token,
      ...home(),
    });
    expect(enrolled).toMatchObject({ code: 0 });
    agent = startProgram([...EMULATOR, executable, "run"], home());
    await expect.poll(async () => (await listDevices())[0]?.presence.connection).toBe("online");
    const [{ id }] = await listDevices();
    const answer = await fetch(`${url}/api/v1/devices/${id}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    expect((await answer.json()).inventory).toMatchObject({ os: { arch: "arm64" } });
    expect(await agent.stop()).toMatchObject({ code: 0 });
    agent = undefined;
  });

  it.skipIf(process.getuid?.() !== 0)(
    "installs and removes itself, as the install line has it do",
    async () => {
      const machine = await startSystemdMachine({ init: "nothing" });
      try {
        const given = path.join(machine.share, "muster-agent");
        await copyFile(executable, given);
        const program = [...EMULATOR, "/run/share/muster-agent"];
        // The kernel here starts no arm64 program without the emulator, so the service itself is not seen to run.
        expect(await machine.run([...program, "install", "--no-enrol"])).toMatchObject({
          code: 0,
          stdout: expect.stringContaining("installed and started by init"),
        });
        expect(
          await machine.run(["cmp", "/run/share/muster-agent", "/opt/muster-agent/muster-agent"]),
        ).toMatchObject({ code: 0 });
        expect(await machine.run([...program, "uninstall"])).toMatchObject({ code: 0 });
        const left = await machine.run([
          "find",
          "/opt",
          "/usr/local",
          "/etc",
          "/var/lib",
          "-name",
          "*muster-agent*",
        ]);
        expect(left.stdout).toBe("");
      } finally {
        await machine.remove();
      }
    },
  );

  it("is built into a package that Debian accepts for arm64", async () => {
    const deb = await makeDeb({ root, executable, folder, architecture: "arm64", compression: "none" });
    const { stdout } = await runProgram(["dpkg-deb", "--field", deb, "Architecture"]);
    expect(stdout).toBe("arm64\n");
  });
});
