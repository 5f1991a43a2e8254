import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { createMacosIdentity } from "./macos-identity.ts";
import { createMacosSessions } from "./macos-sessions.ts";

const read = (name: string) => readFixture(import.meta.url, name);
const { signal } = new AbortController();

describe("macOS identity", () => {
  it("consists of the platform's UUID and the session of this boot", async () => {
    const identity = createMacosIdentity(
      createFakeCommands({
        "/usr/sbin/ioreg -rd1 -c IOPlatformExpertDevice": read("ioreg-platform.txt"),
        "/usr/sbin/sysctl -n kern.bootsessionuuid": "6E0F1A2B-3C4D-5E6F-7081-92A3B4C5D6E7\n",
      }).run,
    );
    expect(await identity.machineId()).toBe("564d0a1b-2c3d-4e5f-8091-a2b3c4d5e6f7");
    expect(await identity.bootId()).toBe("6E0F1A2B-3C4D-5E6F-7081-92A3B4C5D6E7");
  });

  it("rejects when there is none", async () => {
    await expect(createMacosIdentity(createFakeCommands({}).run).machineId()).rejects.toThrow("ioreg");
  });
});

describe("macOS sessions", () => {
  const STAT = "/usr/bin/stat -f %Su /dev/console";
  const consoleOf = (outputs: Record<string, FakeAnswer>) =>
    createMacosSessions(createFakeCommands(outputs).run, createFakeClock()).console(signal);

  it("name the owner of the console and the minute of the last input", async () => {
    const outputs = { [STAT]: "alice\n", "/usr/sbin/ioreg -c IOHIDSystem -r -d 1": read("ioreg-hid.txt") };
    const idleSinceMs = createFakeClock().wallMs() - 120_000;
    expect(await consoleOf(outputs)).toEqual({ user: "alice", idleSinceMs });
  });

  it("find no user at the login window", async () => {
    expect(await consoleOf({ [STAT]: "root\n" })).toEqual({ user: null, idleSinceMs: null });
  });
});
