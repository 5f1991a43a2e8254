import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { AgentSystem } from "@muster/shared/contracts/artefact.ts";
import type { InstallSystem } from "@muster/shared/contracts/install.ts";
import { copyBuiltAgent } from "./built-agent.ts";
import { openShell, type TestShell } from "./command-line.ts";
import { startServerProcess } from "./server-process.ts";

const VERSION = "0.1.0";

export type InstallWorld = {
  url: string;
  shell: TestShell;
  /** What `muster install-line` prints: the line for a machine that reaches this computer. */
  makeLine(system: InstallSystem): Promise<{ line: string; uninstallLine: string; warnings: string[] }>;
  listDevices(): Promise<ReturnType<typeof JSON.parse>[]>;
  remove(): Promise<void>;
};

/** A real server that offers agents of this version, built from these sources. */
export async function startInstallWorld(
  agents: readonly AgentSystem[],
  environment: Record<string, string> = {},
): Promise<InstallWorld> {
  const shell = await openShell("sqlite");
  const server = startServerProcess({ ...shell.environment, ...environment });
  const { url } = await server.ready;
  // A minimal machine does not know the name localhost.
  const settings = { ...environment, MUSTER_PORT: new URL(url).port, MUSTER_PUBLIC_URL: url };
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-agents-"));
  for (const system of agents) {
    const file = await copyBuiltAgent(system, path.join(folder, system));
    const added = ["artefacts", "add", file, "--system", system, "--version", VERSION];
    const { exitCode, err } = await shell.run(added);
    if (exitCode !== 0) throw new Error(`The agent for ${system} cannot be offered: ${err}`);
  }
  await rm(folder, { recursive: true });
  const key = (await shell.run(["key", "create", "--name", "test", "--scopes", "read"], { json: true })).json;

  return {
    url,
    shell,
    async makeLine(system) {
      const args = ["install-line", "--system", system];
      return (await shell.run(args, { json: true, environment: settings })).json;
    },
    async listDevices() {
      const headers = { authorization: `Bearer ${key.apiKey}` };
      return (await (await fetch(`${url}/api/v1/devices`, { headers })).json()).items;
    },
    async remove() {
      server.process.kill("SIGTERM");
      await server.exited;
      await shell.remove();
    },
  };
}
