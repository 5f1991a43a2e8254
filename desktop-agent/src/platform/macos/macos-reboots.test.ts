import { describe, expect, it, vi } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { createMacosReboots, createMacosRebootWarnings } from "./macos-reboots.ts";

const PS = "/bin/ps -axo pid=,args=";
const COUNTING = readFixture(import.meta.url, "ps.txt");
const QUIET = COUNTING.replace(/^ *4242.*\n/m, "");
const SHUTDOWN = "/sbin/shutdown";

function reboots(answers: Record<string, FakeAnswer>, ownUid = 0) {
  const table: Record<string, FakeAnswer> = { [PS]: QUIET, ...answers };
  const commands = createFakeCommands(table);
  return { table, commands, port: createMacosReboots(commands, createFakeClock(), ownUid) };
}

describe("macOS reboots as root", () => {
  it("count down in a separate process", async () => {
    const { port, commands, table } = reboots({});
    const scheduling = port.schedule({ delayMinutes: 5, message: "-h Updates" });
    await vi.waitFor(() => expect(commands.following(SHUTDOWN)).toBe(1));
    table[PS] = COUNTING;
    commands.end(SHUTDOWN, "/sbin/shutdown ended with 0");
    expect(await scheduling).toEqual({ kind: "scheduled" });
    expect(commands.started).toEqual([PS, "/sbin/shutdown -r +5 -h Updates", PS]);
  });

  it.each([
    ["/sbin/shutdown ended with 1", "/sbin/shutdown ended with 1"],
    ["/sbin/shutdown ended with 0", "The shutdown command did not start its countdown."],
  ])("are not scheduled when no process counts down: %s", async (end, reason) => {
    const { port, commands } = reboots({});
    const scheduling = port.schedule({ delayMinutes: 5, message: "" });
    await vi.waitFor(() => expect(commands.following(SHUTDOWN)).toBe(1));
    commands.end(SHUTDOWN, end);
    expect(await scheduling).toEqual({ kind: "failed", reason });
  });

  it("happen immediately", async () => {
    const { port, commands } = reboots({});
    const scheduling = port.schedule({ delayMinutes: 0, message: "" });
    await vi.waitFor(() => expect(commands.started.at(-1)).toBe("/sbin/shutdown -r now"));
    commands.end(SHUTDOWN, "/sbin/shutdown ended with 0");
    expect(await scheduling).toEqual({ kind: "scheduled" });
  });

  it("are not scheduled twice", async () => {
    const { port, commands } = reboots({ [PS]: COUNTING });
    expect(await port.schedule({ delayMinutes: 5, message: "" })).toEqual({ kind: "already-scheduled" });
    expect(commands.started).toEqual([PS]);
  });

  it("are cancelled by ending the process, whoever started it", async () => {
    const { port } = reboots({ [PS]: COUNTING, "/bin/kill -TERM 4242": "" });
    expect(await port.cancel()).toEqual({ kind: "cancelled" });
    expect(await reboots({}).port.cancel()).toEqual({ kind: "none-scheduled" });
  });
});

describe("macOS reboots as a user", () => {
  const ASK = '/usr/bin/osascript -e tell application "System Events" to restart';

  it("are requested from System Events, only immediate ones", async () => {
    const { port } = reboots({ [ASK]: "" }, 501);
    expect(await port.schedule({ delayMinutes: 0, message: "" })).toEqual({ kind: "scheduled" });
    expect(await port.schedule({ delayMinutes: 1, message: "" })).toEqual({
      kind: "failed",
      reason: "Only root can schedule a restart with a delay.",
    });
  });

  it("report a missing consent of the user", async () => {
    const stderr = "execution error: Not authorized to send Apple events to System Events. (-1743)\n";
    const { port } = reboots({ [ASK]: { kind: "exited", code: 1, stdout: "", stderr } }, 501);
    expect(await port.schedule({ delayMinutes: 0, message: "" })).toEqual({
      kind: "failed",
      reason: stderr.trim(),
    });
  });
});

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
    "report that %s is running",
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
