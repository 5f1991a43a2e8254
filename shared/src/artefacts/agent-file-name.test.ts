import { describe, expect, it } from "vitest";
import { AGENT_SYSTEMS } from "../contracts/artefact.ts";
import { agentFileName, parseAgentFileName } from "./agent-file-name.ts";

describe("the name of an agent's file", () => {
  it.each(AGENT_SYSTEMS)("is read back for %s", (system) => {
    for (const version of ["0.1.0", "1.20.3-rc.1", "2.0.0+build.7"]) {
      expect(parseAgentFileName(agentFileName({ version, system }))).toEqual({ version, system });
    }
  });

  it.each([
    "muster-agent",
    "muster-agent-0.1.0-linux-x64.exe",
    "muster-agent-0.1.0-windows-x64",
    "muster-agent-0.1.0-plan9-x64",
    "muster-agent-../1.0-linux-x64",
    "muster-agent--linux-x64",
    ".muster-agent-0.1.0-linux-x64",
    `muster-agent-0.1.0-${"a".repeat(99)}-linux-x64`,
  ])("is not %s", (name) => {
    expect(parseAgentFileName(name)).toBeNull();
  });
});
