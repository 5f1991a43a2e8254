import { afterAll, describe, expect, it } from "vitest";
import { startLoginService, type Property } from "../testing/login-service.ts";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { startPrivateBus } from "../testing/private-bus.ts";
import { createLinuxSessions } from "./linux-sessions.ts";

const bus = await startPrivateBus();
afterAll(() => bus?.stop());
const socketPath = bus?.socketPath ?? "";
const machine = createMemorySystemFiles({ "/proc/2/comm": "kthreadd\n" });
const { signal } = new AbortController();
const ALICE = "/org/freedesktop/login1/session/_31";

async function consoleOf(properties: Record<string, Property>) {
  const service = await startLoginService(socketPath, properties);
  try {
    return await createLinuxSessions(machine, socketPath).console(signal);
  } finally {
    service.stop();
  }
}

const seatOf = (path: string): Record<string, Property> => ({
  "/org/freedesktop/login1/seat/seat0 ActiveSession": ["(so)", ["1", path]],
});
const sessionOf = (name: string, kind: string, isIdle: boolean): Record<string, Property> => ({
  [`${ALICE} Name`]: ["s", name],
  [`${ALICE} Class`]: ["s", kind],
  [`${ALICE} IdleHint`]: ["b", isIdle],
  [`${ALICE} IdleSinceHint`]: ["t", 1_800_000_000_000_000],
});

describe.skipIf(bus === null)("linux sessions on a private bus (skipped without dbus-daemon)", () => {
  it("name the user at the first seat and the time of the last input", async () => {
    expect(await consoleOf({ ...seatOf(ALICE), ...sessionOf("alice", "user", true) })).toEqual({
      user: "alice",
      idleSinceMs: 1_800_000_000_000,
    });
  });

  it("report no idle time while the user is active", async () => {
    const { idleSinceMs } = await consoleOf({ ...seatOf(ALICE), ...sessionOf("alice", "user", false) });
    expect(idleSinceMs).toBeNull();
  });

  it.each([
    ["the login screen", { ...seatOf(ALICE), ...sessionOf("gdm", "greeter", true) }],
    ["an empty seat", seatOf("/")],
    ["a machine without a seat", {}],
  ])("find no user at %s", async (_, properties) => {
    expect(await consoleOf(properties)).toEqual({ user: null, idleSinceMs: null });
  });
});

describe.skipIf(bus === null)("linux sessions with an empty seat (skipped without dbus-daemon)", () => {
  const path = (id: number) => `/org/freedesktop/login1/session/_3${id}`;
  const session = (id: number, name: string, more: Record<string, Property>): Record<string, Property> => {
    const properties: Record<string, Property> = {
      Name: ["s", name],
      Class: ["s", "user"],
      State: ["s", "active"],
      Remote: ["b", true],
      Type: ["s", "tty"],
      IdleHint: ["b", false],
      IdleSinceHint: ["t", 0],
      ...more,
    };
    return Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [`${path(id)} ${key}`, value]),
    );
  };
  const listed = (...names: string[]): Record<string, Property> => ({
    "/org/freedesktop/login1 ListSessions": [
      "a(susso)",
      names.map((name, index) => [String(index), 1000 + index, name, "", path(index)]),
    ],
  });

  it("name the remote user: desktops before terminals, the most recently active first", async () => {
    const ssh = session(0, "dave", {});
    const idle = session(1, "erin", { IdleHint: ["b", true], IdleSinceHint: ["t", 1_700_000_000_000_000] });
    expect(await consoleOf({ ...seatOf("/"), ...listed("dave", "erin"), ...ssh, ...idle })).toEqual({
      user: "dave",
      idleSinceMs: null,
    });
    const xrdp = session(1, "erin", { Type: ["s", "x11"] });
    expect(await consoleOf({ ...seatOf("/"), ...listed("dave", "erin"), ...ssh, ...xrdp })).toMatchObject({
      user: "erin",
    });
  });

  it.each([
    ["a login screen", { Class: ["s", "greeter"] }],
    ["a session that ends", { State: ["s", "closing"] }],
    ["a copy over SFTP", { Type: ["s", "unspecified"] }],
    ["a session in the background of the seat", { Remote: ["b", false] }],
  ] satisfies [string, Record<string, Property>][])("do not treat %s as a user", async (_, more) => {
    expect(await consoleOf({ ...seatOf("/"), ...listed("dave"), ...session(0, "dave", more) })).toEqual({
      user: null,
      idleSinceMs: null,
    });
  });
});

describe("linux sessions without a bus", () => {
  it("find no user in a container, and reject elsewhere", async () => {
    const container = createMemorySystemFiles({ "/.dockerenv": "" });
    expect(await createLinuxSessions(container, "/nonexistent").console(signal)).toEqual({
      user: null,
      idleSinceMs: null,
    });
    await expect(createLinuxSessions(machine, "/nonexistent").console(signal)).rejects.toThrow("ENOENT");
  });
});
