import { describe, expect, it } from "vitest";
import type { CommandResult } from "./run-command.ts";
import { serviceManagerError } from "./service-manager-error.ts";

const printed = (stderr: string): CommandResult => ({ kind: "exited", code: 1, stdout: "", stderr });

describe("serviceManagerError", () => {
  it.each([
    ["Failed to enable unit: Interactive authentication required.", "as root or administrator"],
    ["ERROR: Access is denied.", "as root or administrator"],
    ["System has not been booted with systemd as init system (PID 1). Can't operate.", "does not run here"],
    ["Unit muster-agent.service could not be found.", "Install the agent again"],
    ["Failed to start muster-agent.service: Unit muster-agent.service is masked.", "systemctl unmask"],
    ["Job for muster-agent.service failed because the control process exited.", "journalctl"],
    ["Bootstrap failed: 5: Input/output error", "launchd"],
  ])("explains: %s", (stderr, text) => {
    const explained = serviceManagerError(printed(stderr));
    expect(explained).toContain(text);
    expect(explained).toContain(`(${stderr})`);
  });

  it("keeps unknown output, and names how a command without output ended", () => {
    expect(serviceManagerError(printed("Something else"))).toBe("Something else");
    expect(serviceManagerError(printed(""))).toBe("exit code 1");
    expect(serviceManagerError({ kind: "not-found" })).toBe("The program is not installed.");
  });
});
