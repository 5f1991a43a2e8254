import { describe, expect, it } from "vitest";
import { createFakeCommands } from "../fake/fake-commands.ts";
import { readFixture } from "../testing/read-fixture.ts";
import type { RunCommand } from "../run-command.ts";
import { createWindowsRebootWarnings } from "./windows-reboot-warnings.ts";

const TASKS = "tasklist.exe /FO CSV /NH";
const idle = readFixture(import.meta.url, "tasklist.txt");

async function warnings(protectors: string, tasks: string) {
  const commands = createFakeCommands({ [TASKS]: tasks });
  const run: RunCommand = async (file, args, options) =>
    file === "powershell.exe"
      ? { kind: "exited", code: 0, stdout: protectors, stderr: "" }
      : commands.run(file, args, options);
  return createWindowsRebootWarnings(run).read(AbortSignal.timeout(1000));
}

describe("windows warnings before a reboot", () => {
  it.each(["TpmPin\r\nRecoveryPassword\r\n", "RecoveryPassword\r\nTpmPinStartupKey\r\n", "Password\r\n"])(
    "tell that BitLocker asks with %j",
    async (protectors) => {
      expect(await warnings(protectors, idle)).toEqual(["disk-password"]);
    },
  );

  it.each(["Tpm\r\nRecoveryPassword\r\n", "ExternalKey\r\n", ""])(
    "say nothing of BitLocker with %j",
    async (protectors) => {
      expect(await warnings(protectors, idle)).toEqual([]);
    },
  );

  it.each(["TrustedInstaller.exe", "TiWorker.exe", "msiexec.exe"])(
    "tell that %s is at work",
    async (program) => {
      expect(await warnings("", `${idle}"${program}","9120","Services","0","7,204 K"\r\n`)).toEqual([
        "package-manager",
      ]);
    },
  );

  it("leave out what the system does not report", async () => {
    const nothing = createWindowsRebootWarnings(createFakeCommands({}).run);
    expect(await nothing.read(AbortSignal.timeout(1000))).toEqual([]);
  });
});
