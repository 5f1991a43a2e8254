import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { installLine } from "../../server/src/releases/install/install-line.ts";
import { installScript } from "../../server/src/releases/install/install-script.ts";
import { findOrInstall } from "../harness/debian-program.ts";
import { runProgram } from "../harness/installed-agent.ts";

const deploy = path.join(import.meta.dirname, "../../deploy");
const read = (name: string) => readFile(path.join(deploy, name), "utf8");

const units = ["muster-agent.service", "muster-server.service"];
/** Ten times the exposure that `systemd-analyze security` (252) counts; what raises it has to be argued. */
const EXPOSURE: Record<string, string> = { "muster-agent.service": "34", "muster-server.service": "13" };

const systemd = await findOrInstall("systemd-analyze");
const unitsName = systemd.kind === "found" ? "systemd" : `systemd (skipped: ${systemd.reason})`;

describe.skipIf(systemd.kind === "missing")(unitsName, () => {
  it.each(units)("systemd accepts %s, and rates its exposure as decided", async (name) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "muster-unit-"));
    try {
      const unit = path.join(folder, name);
      // It looks for the program as well, which need not be installed where this runs.
      const text = await read(`systemd/${name}`);
      await writeFile(unit, text.replace(/^ExecStart=\S+/m, "ExecStart=/bin/true"));
      const verified = await runProgram(["systemd-analyze", "verify", "--man=no", unit]);
      expect(verified).toEqual({ code: 0, stdout: "", stderr: "" });
      const limit = `--threshold=${EXPOSURE[name]}`;
      const { code, stdout } = await runProgram([
        "systemd-analyze",
        "security",
        "--offline=true",
        limit,
        unit,
      ]);
      expect(stdout).toContain("Overall exposure level");
      expect(code).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

const shellcheck = await findOrInstall("shellcheck");
const scriptsName =
  shellcheck.kind === "found" ? "shell scripts" : `shell scripts (skipped: ${shellcheck.reason})`;

describe.skipIf(shellcheck.kind === "missing")(scriptsName, () => {
  it.each(["install-linux.sh", "install-macos.sh", "sysv/muster-agent.init"])(
    "shellcheck finds nothing in %s",
    async (name) => {
      const checked = await runProgram(["shellcheck", "--shell=sh", path.join(deploy, name)]);
      expect(checked).toEqual({ code: 0, stdout: "", stderr: "" });
    },
  );

  it.each(["linux", "macos"] as const)(
    "shellcheck finds nothing in the install line and script for %s",
    async (system) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), "muster-scripts-"));
      try {
        const script = installScript(system, new Map());
        const parts = {
          url: "https://muster.example.org",
          scriptSha256: script.sha256,
          token: `mt_${"t".repeat(43)}`,
        };
        const line = installLine(system, { ...parts, trust: { kind: "pin", pin: "b".repeat(64) } });
        const [, body = ""] = /sh -c '([^']+)'$/.exec(line) ?? [];
        await writeFile(path.join(folder, "script.sh"), script.text);
        await writeFile(path.join(folder, "line.sh"), `#!/bin/sh\n${body}\n`);
        const files = ["script.sh", "line.sh"].map((file) => path.join(folder, file));
        expect(await runProgram(["shellcheck", "--shell=sh", ...files])).toEqual({
          code: 0,
          stdout: "",
          stderr: "",
        });
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});

const python = await runProgram(["sh", "-c", "command -v python3"]);
const plistName =
  python.code === 0 ? "launchd's job" : "launchd's job (skipped: there is no python3 to read it)";

describe.skipIf(python.code !== 0)(plistName, () => {
  it("a property list that keeps the agent running", async () => {
    const program = "import json,plistlib,sys; print(json.dumps(plistlib.load(open(sys.argv[1],'rb'))))";
    const file = path.join(deploy, "launchd/muster.agent.plist");
    const { stdout } = await runProgram(["python3", "-c", program, file]);
    expect(JSON.parse(stdout)).toMatchObject({
      Label: "muster.agent",
      ProgramArguments: ["/usr/local/muster-agent/muster-agent", "run"],
      RunAtLoad: true,
      KeepAlive: true,
      Umask: 0o77,
    });
  });
});

describe("compose.yaml", () => {
  it("exposes the server only to the proxy that it trusts", async () => {
    const { services, networks } = parse(await read("docker/compose.yaml"));
    expect(services.server).not.toHaveProperty("ports");
    expect(services.server.networks).toEqual(["inside"]);
    const [{ subnet }] = networks.inside.ipam.config;
    expect(services.server.environment.MUSTER_TRUSTED_PROXIES).toBe(subnet);
    expect(Object.keys(services).filter((name) => services[name].networks.includes("inside"))).toEqual([
      "server",
      "proxy",
    ]);
  });
});
