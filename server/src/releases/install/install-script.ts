import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { AgentSystem } from "@muster/shared/contracts/artefact.ts";
import type { InstallSystem } from "@muster/shared/contracts/install.ts";

/** A script of at most 40 lines that downloads an agent, verifies and executes it. */
export type InstallScript = { system: InstallSystem; text: string; sha256: string };

/** The file of each script below `/install`, and the agents whose hashes it holds. */
export const INSTALL_SCRIPTS: Readonly<
  Record<InstallSystem, { file: string; agents: readonly AgentSystem[] }>
> = {
  linux: { file: "linux.sh", agents: ["linux-x64", "linux-arm64"] },
  macos: { file: "macos.sh", agents: ["macos-arm64", "macos-x64"] },
  windows: { file: "windows.ps1", agents: ["windows-x64"] },
};

const SHA256 = /^[0-9a-f]{64}$/;

/** Makes the script from the hashes of the agents alone. Those without one are not offered. */
export function installScript(
  system: InstallSystem,
  hashes: ReadonlyMap<AgentSystem, string>,
): InstallScript {
  const { file, agents } = INSTALL_SCRIPTS[system];
  let text = readFileSync(path.join(import.meta.dirname, "scripts", file), "utf8");
  for (const agent of agents) {
    const sha256 = hashes.get(agent) ?? "none";
    if (sha256 !== "none" && !SHA256.test(sha256)) throw new Error(`The hash of ${agent} is no SHA-256.`);
    text = text.replaceAll(`@${agent.toUpperCase().replace("-", "_")}@`, sha256);
  }
  return { system, text, sha256: createHash("sha256").update(text).digest("hex") };
}
