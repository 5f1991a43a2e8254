import type { AgentSystem } from "../contracts/artefact.ts";

const SYSTEMS: Partial<Record<string, AgentSystem>> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "win32-x64": "windows-x64",
  "darwin-arm64": "macos-arm64",
  "darwin-x64": "macos-x64",
};

/** The system of a machine as Node names it; undefined when there is no agent for it. */
export function agentSystemOf(machine: { platform: string; arch: string }): AgentSystem | undefined {
  return SYSTEMS[`${machine.platform}-${machine.arch}`];
}
