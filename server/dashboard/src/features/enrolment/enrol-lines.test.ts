import { describe, expect, it } from "vitest";
import { enrolLine, systemOf } from "./enrol-lines.tsx";

describe("the enrolment line", () => {
  it("passes the token by environment and never as an argument", () => {
    for (const system of ["linux", "macos", "windows"] as const) {
      const line = enrolLine(system, "https://muster.example", "mt_secret");
      const command = line.slice(line.indexOf("muster-agent"));
      expect(line).toContain("mt_secret");
      expect(command).not.toContain("mt_secret");
    }
  });

  it("cannot be broken out of by a quote in the address", () => {
    expect(enrolLine("linux", "http://a'; reboot #", "t")).toContain(`--server 'http://a'\\''; reboot #'`);
    expect(enrolLine("windows", "http://a'; reboot #", "t")).toContain(`--server 'http://a''; reboot #'`);
  });
});

it.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "windows"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "macos"],
  ["Mozilla/5.0 (X11; Linux x86_64)", "linux"],
])("reads the system from %s", (userAgent, system) => {
  expect(systemOf(userAgent)).toBe(system);
});
