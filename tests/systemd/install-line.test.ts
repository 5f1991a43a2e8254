import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchDebianRoot } from "../harness/debian-root.ts";
import { type InstallWorld, startInstallWorld } from "../harness/install-world.ts";
import { startSystemdMachine, type SystemdMachine } from "../harness/systemd-machine.ts";

const UNIT = "muster-agent.service";
/** Where an installation could leave something. */
const WATCHED = ["/etc", "/opt", "/root", "/run", "/tmp", "/usr", "/var"];

/** What `sh` finds where there is nothing but busybox. */
const ONLY_BUSYBOX =
  "mkdir /busybox && busybox --install -s /busybox && export PATH=/busybox:/usr/sbin:/usr/bin:/sbin:/bin";

describe("the install line on a clean Debian", () => {
  let world: InstallWorld;
  let root: string;
  let machine: SystemdMachine | undefined;

  beforeAll(async () => {
    root = await fetchDebianRoot();
    world = await startInstallWorld(["linux-x64"]);
  });
  afterAll(async () => {
    await machine?.remove();
    await world.remove();
  });

  async function start(init: "systemd" | "nothing", from = root): Promise<SystemdMachine> {
    await machine?.remove();
    machine = undefined;
    machine = await startSystemdMachine({ root: from, init });
    return machine;
  }

  const listFiles = async (on: SystemdMachine) =>
    (await on.run(["find", ...WATCHED, "-name", "*muster*", "-not", "-path", "/run/share*"])).stdout;

  async function install(on: SystemdMachine, before = "true") {
    const { line, uninstallLine } = await world.makeLine("linux");
    const known = new Set((await world.listDevices()).map(({ id }) => id));
    const ran = await on.run(["sh", "-c", `${before}\n${line}`]);
    expect(ran).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("The server has its first report."),
    });
    const [device] = (await world.listDevices()).filter(({ id }) => !known.has(id));
    expect(device.presence.connection).toBe("online");
    return { uninstallLine, deviceId: device.id };
  }

  async function uninstall(on: SystemdMachine, uninstallLine: string, deviceId: string) {
    expect(await on.run(["sh", "-c", uninstallLine])).toMatchObject({
      code: 0,
      stdout: "Muster's agent was removed. The server keeps the history.\n",
    });
    const device = (await world.listDevices()).find(({ id }) => id === deviceId);
    expect(device?.presence.connection).not.toBe("online");
  }

  it("with systemd: enabled and active after the line, gone without a trace after the other", async () => {
    const on = await start("systemd");
    const before = await listFiles(on);
    const { uninstallLine, deviceId } = await install(on);
    expect((await on.run(["systemctl", "is-enabled", UNIT])).stdout).toBe("enabled\n");
    expect((await on.run(["systemctl", "is-active", UNIT])).stdout).toBe("active\n");
    await uninstall(on, uninstallLine, deviceId);
    expect((await on.run(["systemctl", "is-active", UNIT])).stdout).toBe("inactive\n");
    expect(await listFiles(on)).toBe(before);
  });

  it("without systemd: kept running by an init script, also after a kill", async () => {
    const on = await start("nothing");
    const before = await listFiles(on);
    const { uninstallLine, deviceId } = await install(on);
    expect((await on.run(["ls", "/etc/rc3.d"])).stdout).toMatch(/^S\d\dmuster-agent$/m);
    const pid = async () => JSON.parse((await on.run(["muster-agent", "status", "--json"])).stdout).pid;
    const first = await pid();
    await on.run(["sh", "-c", `kill -KILL ${first}`]);
    await expect.poll(pid).not.toBe(first);
    await expect.poll(pid).toEqual(expect.any(Number));
    await uninstall(on, uninstallLine, deviceId);
    expect((await on.run(["sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '"])).stdout).not.toContain(
      "muster-agent",
    );
    expect(await listFiles(on)).toBe(before);
  });

  it("with the tools of busybox alone", async () => {
    const on = await start("nothing");
    const { uninstallLine, deviceId } = await install(on, ONLY_BUSYBOX);
    await uninstall(on, uninstallLine, deviceId);
  });

  it("of a server that made its own certificate, and only with the right pin", async () => {
    const own = await startInstallWorld(["linux-x64"], { MUSTER_TLS: "self" });
    const on = await start("nothing", "/");
    try {
      const { line, uninstallLine } = await own.makeLine("linux");
      const wrong = await on.run(["sh", "-c", line.replace(/--pin \w{64}/, `--pin ${"0".repeat(64)}`)]);
      expect(wrong).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("no certificate with this pin"),
      });
      const installed = await on.run(["sh", "-c", line]);
      expect(installed).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("The server has its first report."),
      });
      expect(await on.run(["sh", "-c", uninstallLine])).toMatchObject({ code: 0 });

      const bare = await start("nothing");
      const refused = await bare.run(["sh", "-c", `${ONLY_BUSYBOX}\n${line}`]);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("install curl first") });
    } finally {
      await own.remove();
    }
  });

  it("installs over an installation and keeps the device", async () => {
    const on = await start("systemd");
    const { uninstallLine, deviceId } = await install(on);
    const { line } = await world.makeLine("linux");
    const again = await on.run(["sh", "-c", line]);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining("already enrolled") });
    expect((await on.run(["systemctl", "is-active", UNIT])).stdout).toBe("active\n");
    await uninstall(on, uninstallLine, deviceId);
  });
});
