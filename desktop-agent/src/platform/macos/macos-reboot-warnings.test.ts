import { describe, expect, it } from "vitest";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { createMacosRebootWarnings } from "./macos-reboot-warnings.ts";

const VAULT = "/usr/bin/fdesetup status";
const PROCESSES = "/bin/ps -axo comm=";
const idle = readFixture(import.meta.url, "ps-comm.txt");
const warnings = (answers: Record<string, FakeAnswer>) =>
  createMacosRebootWarnings(createFakeCommands(answers).run).read(AbortSignal.timeout(1000));

describe("macOS warnings before a reboot", () => {
  it("are empty for an idle Mac without FileVault", async () => {
    expect(await warnings({ [VAULT]: "FileVault is Off.\n", [PROCESSES]: idle })).toEqual([]);
  });

  it("include the FileVault password, also during encryption", async () => {
    const encrypting = "FileVault is On.\nEncryption in progress: Percent completed = 71.2\n";
    expect(await warnings({ [VAULT]: encrypting, [PROCESSES]: idle })).toEqual(["disk-password"]);
  });

  it.each(["/usr/sbin/softwareupdate", "/usr/sbin/installer", "installer"])(
    "tell that %s is at work",
    async (program) => {
      expect(await warnings({ [VAULT]: "FileVault is Off.\n", [PROCESSES]: `${idle}${program}\n` })).toEqual([
        "package-manager",
      ]);
    },
  );

  it("leave out what the system does not report", async () => {
    expect(await warnings({})).toEqual([]);
  });
});
