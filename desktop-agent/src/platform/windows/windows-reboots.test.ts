import { describe, expect, it } from "vitest";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import { createWindowsReboots, createWindowsRebootWarnings } from "./windows-reboots.ts";
import { readFixture } from "../testing/read-fixture.ts";
import type { RunCommand } from "../run-command.ts";

const exited = (code: number, stderr = ""): FakeAnswer => ({ kind: "exited", code, stdout: "", stderr });
const port = (answers: Record<string, FakeAnswer>) => createWindowsReboots(createFakeCommands(answers).run);
const DENIED = "shutdown: the agent's account may not restart this computer";

describe("windows reboots", () => {
  it.each([
    [0, "", "shutdown.exe /r /t 0 /d p:4:1"],
    [5, "Updates\nnow", "shutdown.exe /r /t 300 /d p:4:1 /c Updates now"],
    [1440, "/a", "shutdown.exe /r /t 86400 /d p:4:1 /c  /a"],
    [1, "x".repeat(600), `shutdown.exe /r /t 60 /d p:4:1 /c ${"x".repeat(511)}…`],
  ])("are scheduled in %d minutes with %j", async (delayMinutes, message, line) => {
    expect(await port({ [line]: "" }).schedule({ delayMinutes, message })).toEqual({ kind: "scheduled" });
  });

  it.each([
    [exited(1190), { kind: "already-scheduled" }],
    [exited(1115), { kind: "already-scheduled" }],
    [exited(5, "Access is denied.(5)"), { kind: "failed", reason: DENIED }],
    [exited(1314), { kind: "failed", reason: DENIED }],
    [
      exited(87, "The parameter is incorrect.(87)"),
      { kind: "failed", reason: "shutdown: The parameter is incorrect.(87)" },
    ],
    [{ kind: "timed-out" } as const, { kind: "failed", reason: "shutdown: did not answer in time" }],
  ])("return the answer of the system: %j", async (answer, outcome) => {
    const line = "shutdown.exe /r /t 60 /d p:4:1";
    expect(await port({ [line]: answer }).schedule({ delayMinutes: 1, message: "" })).toEqual(outcome);
  });

  it.each([
    [exited(0), { kind: "cancelled" }],
    [exited(1116), { kind: "none-scheduled" }],
    [exited(1115), { kind: "failed", reason: "The system is already shutting down." }],
    [exited(5), { kind: "failed", reason: DENIED }],
  ])("are cancelled, or not: %j", async (answer, outcome) => {
    expect(await port({ "shutdown.exe /a": answer }).cancel()).toEqual(outcome);
  });
});

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
    "report that BitLocker asks with %j",
    async (protectors) => {
      expect(await warnings(protectors, idle)).toEqual(["disk-password"]);
    },
  );

  it.each(["Tpm\r\nRecoveryPassword\r\n", "ExternalKey\r\n", ""])(
    "do not mention BitLocker with %j",
    async (protectors) => {
      expect(await warnings(protectors, idle)).toEqual([]);
    },
  );

  it.each(["TrustedInstaller.exe", "TiWorker.exe", "msiexec.exe"])(
    "report that %s is running",
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
