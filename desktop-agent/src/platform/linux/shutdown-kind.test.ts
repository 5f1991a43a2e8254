import { describe, expect, it } from "vitest";
import { parseListJobs, shutdownKindOf } from "./shutdown-kind.ts";

// Written from the columns that systemctl(1) names: JOB UNIT TYPE STATE.
const jobs = (target: string) =>
  `  1034 ${target}.target                 start waiting\n  1035 systemd-update-utmp.service   start waiting\n   990 muster-agent.service          stop  running\n`;

describe("parseListJobs", () => {
  it.each([
    ["reboot", "restarting"],
    ["kexec", "restarting"],
    ["soft-reboot", "restarting"],
    ["poweroff", "shutting-down"],
    ["halt", "shutting-down"],
    ["multi-user", "no"],
  ])("of %s is %s", (target, how) => {
    expect(parseListJobs(jobs(target))).toBe(how);
  });

  it("does not mistake a target that is being stopped", () => {
    expect(parseListJobs("12 reboot.target stop waiting\n")).toBe("no");
  });
});

describe("shutdownKindOf", () => {
  it("treats an unknown name as a shutdown", () => {
    expect(["reboot", "dry-reboot", undefined, ["reboot"]].map(shutdownKindOf)).toEqual([
      "restarting",
      "shutting-down",
      "shutting-down",
      "shutting-down",
    ]);
  });
});
