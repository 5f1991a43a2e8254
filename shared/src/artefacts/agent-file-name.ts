import { AGENT_SYSTEMS, type AgentSystem } from "../contracts/artefact.ts";

/** Ends of the names, by system: Windows starts programs by theirs, and an agent for macOS is several files. */
const ENDINGS: Record<AgentSystem, string> = {
  "linux-x64": "",
  "linux-arm64": "",
  "windows-x64": ".exe",
  "macos-arm64": ".tar.gz",
  "macos-x64": ".tar.gz",
};

const PREFIX = "muster-agent-";
const VERSION = /^\d{1,6}(?:\.\d{1,6}){1,3}(?:[-+.][0-9A-Za-z][0-9A-Za-z.+-]{0,30})?$/;

/** Whether a text can be the version of an agent: it is a part of file names and URLs. */
export function isAgentVersion(text: string): boolean {
  return VERSION.test(text);
}

/** The name of an agent's file, as `muster-agent-1.2.0-windows-x64.exe`. */
export function agentFileName({ version, system }: { version: string; system: AgentSystem }): string {
  return `${PREFIX}${version}-${system}${ENDINGS[system]}`;
}

/** What the name of an agent's file says; null for any other name. */
export function parseAgentFileName(name: string): { version: string; system: AgentSystem } | null {
  for (const system of AGENT_SYSTEMS) {
    const end = `-${system}${ENDINGS[system]}`;
    if (!name.startsWith(PREFIX) || !name.endsWith(end)) continue;
    const version = name.slice(PREFIX.length, -end.length);
    return isAgentVersion(version) ? { version, system } : null;
  }
  return null;
}
