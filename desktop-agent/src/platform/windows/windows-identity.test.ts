import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { parseCimSnapshot } from "./cim-snapshot.ts";
import { BOOT_EVENT_QUERY } from "./parse-event-xml.ts";
import { parseQuser, createWindowsSessions } from "./windows-sessions.ts";
import { createWatcher } from "./watcher.ts";
import { createWindowsIdentity } from "./windows-identity.ts";

const read = (name: string) => readFixture(import.meta.url, name);
const { signal } = new AbortController();
const HOUR_MS = 3_600_000;

describe("windows identity", () => {
  const snapshot = async () => {
    const parsed = parseCimSnapshot(read("cim.json"));
    if (parsed === undefined) throw new Error("the fixture is no snapshot");
    return parsed;
  };

  it("consists of the registry's GUID, the firmware's UUID and the event of this boot", async () => {
    const answers = {
      "reg.exe query HKLM\\SOFTWARE\\Microsoft\\Cryptography /v MachineGuid /reg:64":
        read("reg-machineguid.txt"),
      [["wevtutil.exe", ...BOOT_EVENT_QUERY].join(" ")]: read("event-boot.xml"),
    };
    const identity = createWindowsIdentity(createFakeCommands(answers).run, snapshot);
    expect(await identity.machineId()).toBe("4c4c4544-0035-3510-8058-b4c04f4d3332");
    expect(await identity.hypervisorUuid()).toBe("5b0c7f3e-2a64-4d0b-9a51-3b8f0c6e7d21");
    expect(await identity.bootId()).toBe("48211-202701040700585000000");
  });

  it("rejects when the tools return nothing", async () => {
    const mute = createWindowsIdentity(
      createFakeCommands({ [["wevtutil.exe", ...BOOT_EVENT_QUERY].join(" ")]: "" }).run,
      snapshot,
    );
    await expect(mute.machineId()).rejects.toThrow("reg.exe is not installed");
    await expect(mute.bootId()).rejects.toThrow("the boot event");
  });
});

describe("windows sessions", () => {
  const consoleOf = (answers: Record<string, FakeAnswer>, figures?: string) => {
    const commands = createFakeCommands(answers);
    const clock = createFakeClock();
    const watcher = createWatcher(commands.follow, clock, 4711);
    watcher.metrics();
    if (figures !== undefined) commands.say("powershell.exe", figures);
    return createWindowsSessions(commands.run, watcher, clock).console(signal);
  };

  it("find the user at the console among remote ones, and the idle time", async () => {
    const idleSinceMs = createFakeClock().wallMs() - 26 * HOUR_MS - 5 * 60_000;
    const answer: FakeAnswer = { kind: "exited", code: 1, stdout: read("quser.txt"), stderr: "" };
    expect(await consoleOf({ "quser.exe": answer })).toEqual({ user: "alice", idleSinceMs });
  });

  it("name the remote user when nobody is at the console, and nobody when all are disconnected", () => {
    expect(parseQuser(read("quser.txt").replace("console", "rdp-tcp"))).toEqual({ user: "bob", idleMs: 0 });
    const [heading, , , carol] = read("quser.txt").split("\n");
    expect(parseQuser(`${heading}\n${carol}`)).toBeNull();
  });

  it("use CIM where quser is not installed", async () => {
    const [figures] = read("watcher.ndjson").split("\n");
    expect(await consoleOf({}, figures)).toEqual({ user: "alice", idleSinceMs: null });
  });
});
