import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDeb } from "../../build/agent-package/make-deb.ts";
import { copyBuiltAgent } from "../harness/built-agent.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { startServerProcess } from "../harness/server-process.ts";
import { startSystemdMachine, type SystemdMachine } from "../harness/systemd-machine.ts";

const root = path.join(import.meta.dirname, "../..");
const UNIT = "muster-agent.service";
/** What `systemd-analyze security` gives the unit; lower is better, 10 is no confinement at all. */
const MAX_EXPOSURE = 3.4;

describe("the agent as a service of a real systemd", () => {
  let folder: string;
  let shell: TestShell;
  let server: ReturnType<typeof startServerProcess>;
  let url: string;
  let apiKey: string;
  let machine: SystemdMachine;
  let deviceId: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "muster-systemd-test-"));
    const executable = await copyBuiltAgent("linux-x64", path.join(folder, "muster-agent"));
    const deb = await makeDeb({ root, executable, folder, compression: "none" });
    shell = await openShell("sqlite");
    server = startServerProcess(shell.environment);
    ({ url } = await server.ready);
    const key = await shell.run(["key", "create", "--name", "test", "--scopes", "read,act,reboot"], {
      json: true,
    });
    apiKey = key.json.secret;
    machine = await startSystemdMachine();
    await copyFile(deb, path.join(machine.share, "agent.deb"));
  });

  afterAll(async () => {
    await machine.remove();
    server.process.kill("SIGTERM");
    await server.exited;
    await shell.remove();
    await rm(folder, { recursive: true });
  });

  async function ask(address: string, body?: object): Promise<ReturnType<typeof JSON.parse>> {
    const answer = await fetch(`${url}${address}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.ok).toBe(true);
    return answer.json();
  }

  async function unitProperty(name: string): Promise<string> {
    return (await machine.run(["systemctl", "show", "--value", "-p", name, UNIT])).stdout.trim();
  }

  const status = async () =>
    JSON.parse((await machine.run(["muster-agent", "status", "--json"])).stdout).reporting;
  const device = () => ask(`/api/v1/devices/${deviceId}`);
  const actionState = async (id: string) => (await ask(`/api/v1/actions/${id}`)).state;
  const journal = async () => (await machine.run(["journalctl", "-u", UNIT, "--no-pager"])).stdout;

  it("is enabled and started by its package, and enrols by a token from standard input", async () => {
    expect(await machine.run(["dpkg", "--install", "/run/share/agent.deb"])).toMatchObject({ code: 0 });
    expect((await machine.run(["systemctl", "is-enabled", UNIT])).stdout).toBe("enabled\n");
    await expect.poll(() => unitProperty("ActiveState")).toBe("active");

    const token = (await shell.run(["token", "create"], { json: true })).json.secret;
    const enrolled = await machine.run(["muster-agent", "enrol", "--server", url, "--token-stdin"], {
      stdin: token,
    });
    expect(enrolled).toMatchObject({ code: 0 });
    await expect.poll(async () => (await status())?.contact.lastDeliveredAtMs ?? 0).toBeGreaterThan(0);
    ({ deviceId } = await status());
  });

  it("reads everything with the rights of its unit, the login manager included", async () => {
    expect((await status()).skipped).toEqual([]);
    const { metrics } = await device();
    expect(metrics).toMatchObject({ disk: expect.any(Number), memory: expect.any(Number) });
    const inhibitors = await machine.run(["systemd-inhibit", "--list", "--no-pager"]);
    expect(inhibitors.stdout).toMatch(/Muster/);
  });

  it("detects a newer installed kernel, although its unit hides much of the system", async () => {
    const running = (await readFile("/proc/sys/kernel/osrelease", "utf8")).trim();
    const newer = running.replace(/^\d+/, (major) => String(Number(major) + 1));
    for (const release of [running, newer]) {
      await machine.run(["mkdir", "-p", `/lib/modules/${release}`]);
      await machine.run(["touch", `/lib/modules/${release}/vmlinuz`]);
    }
    await machine.run(["systemctl", "restart", UNIT]);
    await expect.poll(async () => (await device()).rebootRequired).toBe(true);
  });

  it("is confined at least as well as it was", async () => {
    const { stdout } = await machine.run(["systemd-analyze", "security", UNIT, "--no-pager"]);
    const [, exposure] = /Overall exposure level for \S+: ([\d.]+)/.exec(stdout) ?? [];
    expect(Number(exposure)).toBeLessThanOrEqual(MAX_EXPOSURE);
  });

  it("is restarted after a kill, with the same identity", async () => {
    const before = await unitProperty("MainPID");
    await machine.run(["kill", "-KILL", before]);
    await expect.poll(() => unitProperty("NRestarts")).toBe("1");
    await expect.poll(() => unitProperty("ActiveState")).toBe("active");
    expect(await unitProperty("MainPID")).not.toBe(before);
    await expect.poll(async () => (await status())?.deviceId).toBe(deviceId);
  });

  it("restarts when an action requests it, and reports it as done", async () => {
    const { actions } = await ask("/api/v1/actions", { type: "restart", deviceIds: [deviceId] });
    await expect.poll(() => actionState(actions[0].id)).toBe("done");
    expect(await unitProperty("Result")).toBe("success");
  });

  it("is not restarted with a wrong configuration, and the log names the field", async () => {
    const write = (text: string) =>
      machine.run(["sh", "-c", "cat >/etc/muster-agent/config.json"], { stdin: text });
    await write('{"interval": "often"}\n');
    await machine.run(["systemctl", "restart", UNIT]);
    await expect.poll(() => unitProperty("ActiveState")).toBe("failed");
    expect(await unitProperty("ExecMainStatus")).toBe("2");
    expect(await journal()).toMatch(/interval/);
    await write("{}\n");
    await machine.run(["systemctl", "restart", UNIT]);
    await expect.poll(() => unitProperty("ActiveState")).toBe("active");
  });

  it("reboots through the login manager, and the action is done only after the next boot", async () => {
    await expect.poll(async () => (await device()).presence.connection).toBe("online");
    const { actions } = await ask("/api/v1/actions", {
      type: "reboot",
      deviceIds: [deviceId],
      payload: { delayMinutes: 0, message: "A test" },
    });
    await machine.ended;
    expect(await actionState(actions[0].id)).toBe("executing");
    await machine.boot();
    await expect.poll(() => actionState(actions[0].id)).toBe("done");
  });

  it("leaves nothing when its package is purged", async () => {
    expect(await machine.run(["dpkg", "--purge", "muster-agent"])).toMatchObject({ code: 0 });
    const left = await machine.run(["find", "/etc", "/usr", "/var/lib", "/run", "-name", "*muster-agent*"]);
    expect(left.stdout.split("\n").filter((line) => line !== "" && !line.startsWith("/run/share"))).toEqual(
      [],
    );
    expect(await unitProperty("LoadState")).toBe("not-found");
  });
});
