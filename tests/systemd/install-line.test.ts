import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type InstallWorld, startInstallWorld } from "../harness/install-world.ts";
import { startSystemdMachine, type SystemdMachine } from "../harness/systemd-machine.ts";

const UNIT = "muster-agent.service";

describe("the install line on a machine with systemd", () => {
  let world: InstallWorld;
  let machine: SystemdMachine;

  beforeAll(async () => {
    world = await startInstallWorld(["linux-x64"]);
    machine = await startSystemdMachine();
  });

  afterAll(async () => {
    await machine.remove();
    await world.remove();
  });

  const listFiles = async () =>
    (
      await machine.run([
        "find",
        "/etc",
        "/opt",
        "/root",
        "/run",
        "/tmp",
        "/usr",
        "/var/lib",
        "-name",
        "*muster*",
      ])
    ).stdout;

  it.each(["curl", "wget"])(
    "installs, enrols and starts the agent by %s, and one line removes all of it",
    async (tool) => {
      const before = await listFiles();
      const other = tool === "curl" ? "wget" : "curl";
      await machine.run(["sh", "-c", `mv /usr/bin/${other} /usr/bin/hidden-${other}`]);
      const { line, uninstallLine } = await world.makeLine("linux");
      const installed = await machine.run(["sh", "-c", line]);
      expect(installed).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("The server has its first report."),
      });
      expect((await world.listDevices())[0]?.presence.connection).toBe("online");
      for (const [question, answer] of [
        ["is-enabled", "enabled"],
        ["is-active", "active"],
      ]) {
        expect((await machine.run(["systemctl", question ?? "", UNIT])).stdout).toBe(`${answer}\n`);
      }

      expect(await machine.run(["sh", "-c", uninstallLine])).toMatchObject({ code: 0 });
      await machine.run(["sh", "-c", `mv /usr/bin/hidden-${other} /usr/bin/${other}`]);
      expect(await listFiles()).toBe(before);
      expect((await machine.run(["systemctl", "is-active", UNIT])).stdout).toBe("inactive\n");
      expect((await world.listDevices())[0]?.presence.connection).not.toBe("online");
    },
  );
});
