import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServiceReading } from "../../desktop-agent/src/platform/ports/services-port.ts";
import { createLinuxServices } from "../../desktop-agent/src/platform/linux/linux-services.ts";
import { createSystemFiles } from "../../desktop-agent/src/platform/linux/system-files.ts";
import { runProgram } from "../harness/installed-agent.ts";
import { startSystemdMachine, type SystemdMachine } from "../harness/systemd-machine.ts";

const UNITS = {
  "crash-loop":
    "[Service]\nExecStart=/bin/sh -c 'exit 7'\nRestart=always\nRestartSec=300ms\nStartLimitBurst=100\n",
  broken: "[Service]\nExecStart=/bin/sh -c 'exit 7'\n",
  once: "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n",
};

describe("the services of a real systemd", () => {
  let machine: SystemdMachine;
  let root: string;

  beforeAll(async () => {
    machine = await startSystemdMachine();
    for (const [name, text] of Object.entries(UNITS)) {
      await machine.run(["sh", "-c", `cat >/etc/systemd/system/${name}.service`], { stdin: text });
    }
    await machine.run(["systemctl", "daemon-reload"]);
    for (const name of Object.keys(UNITS)) await machine.run(["systemctl", "start", name]);
    const pid = (await runProgram(["pgrep", "-f", "^/lib/systemd/systemd --system --unit=multi-user"]))
      .stdout;
    root = path.join("/proc", pid.trim().split("\n").at(-1) ?? "", "root");
    expect(existsSync(path.join(root, "run/systemd/system"))).toBe(true);
  });
  afterAll(() => machine.remove());

  async function read(): Promise<Map<string, ServiceReading>> {
    const port = createLinuxServices(createSystemFiles(root), path.join(root, "run/dbus/system_bus_socket"));
    const reading = await port.read(new AbortController().signal);
    if (reading.kind === "unreadable") throw new Error(reading.reason);
    return new Map(reading.services.map((service) => [service.name, service]));
  }

  it("have state, result, exit code and restarts", async () => {
    const broken = (await read()).get("broken.service");
    expect(broken).toMatchObject({ state: "failed", result: "exit-code", exitCode: 7, startup: "static" });
    expect((await read()).get("once.service")).toMatchObject({ state: "exited", restarts: 0 });
    expect((await read()).get("dbus.service")).toMatchObject({ state: "running", pid: expect.any(Number) });
    await expect.poll(async () => (await read()).get("crash-loop.service")?.restarts).toBeGreaterThan(1);
  });

  it("are seen in their new state when somebody else changed them", async () => {
    await machine.run(["systemctl", "stop", "once"]);
    await machine.run(["systemctl", "reset-failed", "broken"]);
    await expect.poll(async () => (await read()).get("broken.service")?.state ?? "inactive").toBe("inactive");
    expect((await read()).get("once.service")?.state ?? "inactive").toBe("inactive");
  });
});
