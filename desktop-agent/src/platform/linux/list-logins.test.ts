import { describe, expect, it } from "vitest";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { listLogins } from "./list-logins.ts";

const read = (name: string) => readFixture(import.meta.url, name);
const LIST = "loginctl --no-legend --no-pager list-sessions";
const PROPERTIES = ["Name", "User", "Type", "Class", "State", "Active", "LockedHint", "Display", "TTY"];
const show = (id: string) =>
  `loginctl show-session ${id} ${PROPERTIES.map((name) => `--property=${name}`).join(" ")}`;

type Session = Partial<Record<string, string>>;
const session = (properties: Session): string =>
  Object.entries({ Class: "user", State: "active", Active: "yes", LockedHint: "no", ...properties })
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");

const MANAGED: Record<string, FakeAnswer> = {
  [LIST]: read("loginctl-sessions.txt"),
  "who -T": read("who-t.txt"),
  [show("2")]: session({ Name: "alice", User: "1000", Type: "wayland", TTY: "tty2", LockedHint: "yes" }),
  [show("5")]: session({ Name: "bob", User: "1001", Type: "x11", TTY: "tty3", Display: ":1", Active: "no" }),
  [show("c1")]: session({ Name: "gdm", User: "117", Type: "wayland", Class: "greeter", TTY: "tty1" }),
  [show("11")]: session({ Name: "alice", User: "1000", Type: "tty", TTY: "pts/4" }),
  [show("14")]: session({ Name: "carol", User: "1002", Type: "tty", TTY: "" }),
};
const nothing = createMemorySystemFiles({});
const logins = (answers: Record<string, FakeAnswer>, files = nothing) =>
  listLogins(createFakeCommands(answers).run, files);

describe("logins with a login manager", () => {
  it("are the users' desktops with the reason why they are hidden, without the login screen", async () => {
    expect((await logins(MANAGED)).desktops).toEqual([
      { user: "alice", uid: 1000, sessionId: "2", display: null, hidden: "locked" },
      { user: "bob", uid: 1001, sessionId: "5", display: ":1", hidden: "in the background" },
    ]);
  });

  it("are terminals: not those that a desktop draws on, and not panes", async () => {
    expect((await logins(MANAGED)).terminals).toEqual([
      { user: "alice", isWindow: false, openTo: "privileged" },
      { user: "alice", isWindow: true, openTo: "everybody" },
      { user: "dave", isWindow: false, openTo: "everybody" },
      // The manager knows her, utmp does not.
      { user: "carol", isWindow: false, openTo: "nobody" },
    ]);
  });

  it("leave out a closing session, and one that disappeared during the query", async () => {
    const ending = session({ Name: "alice", User: "1000", Type: "x11", State: "closing" });
    const gone: FakeAnswer = { kind: "exited", code: 1, stdout: "", stderr: "No session '5' known" };
    const { desktops } = await logins({ ...MANAGED, [show("2")]: ending, [show("5")]: gone });
    expect(desktops).toEqual([]);
  });
});

describe("logins without a login manager", () => {
  const ids = { "id -u -- alice": "1000\n", "id -u -- root": "0\n", "id -un": "root\n" };

  it("are the displays of utmp", async () => {
    const who = "alice    ? :0           2027-01-04 07:58 (:0)\n";
    expect(await logins({ ...ids, "who -T": who })).toEqual({
      desktops: [{ user: "alice", uid: 1000, sessionId: null, display: ":0", hidden: null }],
      terminals: [],
    });
  });

  it("are the desktop that the agent itself runs in", async () => {
    const own = createMemorySystemFiles({ "/proc/self/environ": "HOME=/root\0DISPLAY=:9\0" });
    expect((await logins(ids, own)).desktops).toEqual([
      { user: "root", uid: 0, sessionId: null, display: ":9", hidden: null },
    ]);
  });

  it("are empty when nothing is known", async () => {
    expect(await logins({})).toEqual({ desktops: [], terminals: [] });
  });
});
