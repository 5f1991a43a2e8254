import { describe, expect, it } from "vitest";
import { isSupervised } from "./run-main.ts";

const alone = { environment: {}, pid: 42, hasLauncher: false };
const within = (environment: Record<string, string>) => isSupervised({ ...alone, environment });

describe("isSupervised", () => {
  it("recognises a launcher, systemd, launchd and the service of Windows", () => {
    expect(isSupervised({ ...alone, hasLauncher: true })).toBe(true);
    expect(within({ INVOCATION_ID: "a", SYSTEMD_EXEC_PID: "42" })).toBe(true);
    expect(within({ XPC_SERVICE_NAME: "io.muster.agent" })).toBe(true);
    expect(within({ MUSTER_AGENT_SERVICE: "1" })).toBe(true);
  });

  it("does not treat a variable that a terminal inherits as a service", () => {
    expect(isSupervised(alone)).toBe(false);
    expect(within({ INVOCATION_ID: "a", SYSTEMD_EXEC_PID: "7" })).toBe(false);
    expect(within({ INVOCATION_ID: "a" })).toBe(false);
    expect(within({ XPC_SERVICE_NAME: "0" })).toBe(false);
  });
});
