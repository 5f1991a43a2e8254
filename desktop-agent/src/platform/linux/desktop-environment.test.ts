import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { desktopEnvironment } from "./desktop-environment.ts";
import type { DesktopLogin } from "./logins.ts";

const alice: DesktopLogin = { user: "alice", uid: 1000, sessionId: "2", display: null, hidden: null };
const process = (pid: number, uid: number, environment: Record<string, string>) => ({
  [`/proc/${pid}/status`]: `Name:\tx\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`,
  [`/proc/${pid}/environ`]: Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\0`)
    .join(""),
});
const of = (table: Record<string, string>, login = alice) =>
  desktopEnvironment(createMemorySystemFiles(table), login)?.toSorted();

describe("the environment of a desktop", () => {
  it("contains only the display variables of the session's own processes", () => {
    expect(
      of({
        ...process(10, 1000, {
          DISPLAY: ":0",
          XDG_SESSION_ID: "1",
          DBUS_SESSION_BUS_ADDRESS: "unix:path=/other",
        }),
        ...process(11, 1000, { WAYLAND_DISPLAY: "wayland-1", XDG_SESSION_ID: "2", LD_PRELOAD: "/tmp/x.so" }),
        ...process(12, 1000, {
          WAYLAND_DISPLAY: "wayland-1",
          XDG_SESSION_ID: "2",
          DBUS_SESSION_BUS_ADDRESS: "unix:path=/tmp/bus",
        }),
      }),
    ).toEqual(["DBUS_SESSION_BUS_ADDRESS=unix:path=/tmp/bus", "WAYLAND_DISPLAY=wayland-1"]);
  });

  it("never comes from a process of another user", () => {
    expect(of(process(10, 1001, { DISPLAY: ":0", XDG_SESSION_ID: "2" }))).toBeUndefined();
  });

  it("is not the display that ssh forwards to another machine", () => {
    expect(of(process(10, 1000, { DISPLAY: "localhost:10.0", XDG_SESSION_ID: "2" }))).toBeUndefined();
  });

  it("has the user's bus where no process names one", () => {
    expect(of({ "/run/user/1000/bus": "" })).toEqual([
      "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus",
    ]);
  });

  it("may come from another session of the user when the session's own processes have none", () => {
    expect(of(process(10, 1000, { DISPLAY: ":0" }))).toEqual(["DISPLAY=:0"]);
  });
});
