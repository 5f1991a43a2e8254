import { describe, expect, it, vi } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import type { MessageToShow } from "../ports.ts";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { createLinuxMessages } from "./linux-messages.ts";
import { listenCommand } from "./notification-bus.ts";

const IN_DESKTOP =
  "env -i PATH=/usr/local/bin:/usr/bin:/bin:/run/current-system/sw/bin LC_ALL=C.UTF-8 DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus";
const AS_ALICE = `setpriv --reuid=1000 --regid=100 --init-groups -- ${IN_DESKTOP}`;
const NOTIFY = `${AS_ALICE} notify-send --app-name=Muster --urgency=normal -- Hello <b>Text</b>`
  .replace("<b>", "&lt;b&gt;")
  .replace("</b>", "&lt;/b&gt;");
const BUS = "busctl --user -- call org.freedesktop.Notifications /org/freedesktop/Notifications";
const OVER_BUS = `${AS_ALICE} ${BUS} org.freedesktop.Notifications Notify susssasa{sv}i Muster 0  Hello &lt;b&gt;Text&lt;/b&gt; 0 1 urgency y 1 -1`;
const CAPABILITIES = `${AS_ALICE} ${BUS} org.freedesktop.Notifications GetCapabilities`;
const WALL = "env LC_ALL=C.UTF-8 wall -- Hello\n <b>Text</b>";
const WHO_WINDOW = "alice    + pts/1        2027-01-04 08:01 (:0)\n";

const ALICE: Record<string, FakeAnswer> = {
  "loginctl --no-legend --no-pager list-sessions": "2 1000 alice seat0 tty2\n",
  "loginctl show-session 2 --property=Name --property=User --property=Type --property=Class --property=State --property=Active --property=LockedHint --property=Display --property=TTY":
    "Name=alice\nUser=1000\nType=wayland\nClass=user\nState=active\nActive=yes\nLockedHint=no\n",
  "id -g 1000": "100\n",
};
const NO_ZENITY = "setpriv ended with 127";
const filesWith = (capabilities: string) =>
  createMemorySystemFiles({
    "/run/user/1000/bus": "",
    "/proc/self/status": `CapEff:\t${capabilities}\n`,
  });
const ALL = "000001ffffffffff";
const WITHOUT_DAC_OVERRIDE = "000001fffffffffd";
const never = new AbortController().signal;
const failed = (code: number, stderr = ""): FakeAnswer => ({ kind: "exited", code, stdout: "", stderr });

function messages(answers: Record<string, FakeAnswer>, ownUid = 0, capabilities = ALL) {
  const files = filesWith(capabilities);
  const commands = createFakeCommands(answers);
  const clock = createFakeClock();
  return { commands, clock, port: createLinuxMessages({ commands, files, clock, ownUid }) };
}
const asked = (message: Partial<MessageToShow> = {}): MessageToShow => ({
  title: "Hello",
  text: "<b>Text</b>",
  urgency: "normal",
  buttons: [],
  ...message,
});
const noOne = () => undefined;

describe("linux messages without buttons", () => {
  it("go to a desktop as its user, in an environment of its own", async () => {
    const { port, commands } = messages({ ...ALICE, [NOTIFY]: "" });
    const outcome = await port.show(asked(), noOne, never);
    expect(outcome.shown).toEqual([{ user: "alice", by: "notify-send" }]);
    expect(commands.started.at(-1)).toBe(NOTIFY);
  });

  it("escape backslashes for notify-send", async () => {
    const { port, commands } = messages(ALICE);
    const showing = port.show(asked({ text: "\\074u\\076 \\n" }), noOne, never);
    await vi.waitFor(() => expect(commands.following("setpriv")).toBe(1));
    commands.end("setpriv", NO_ZENITY);
    await showing;
    expect(commands.started.find((line) => line.includes("notify-send"))).toMatch(
      /-- Hello \\\\074u\\\\076 \\\\n$/,
    );
  });

  it("use the bus when notify-send is missing", async () => {
    const { port } = messages({ ...ALICE, [NOTIFY]: failed(127), [OVER_BUS]: "u 1\n" });
    expect((await port.show(asked(), noOne, never)).shown).toEqual([{ user: "alice", by: "D-Bus" }]);
  });

  it("open a window when there is no notification daemon, and do not wait for it", async () => {
    const { port, commands, clock } = messages({ ...ALICE, [NOTIFY]: failed(1), [OVER_BUS]: failed(1) });
    const showing = port.show(asked(), noOne, never);
    await vi.waitFor(() => expect(commands.following("setpriv")).toBe(1));
    await clock.advance(1_500);
    expect((await showing).shown).toEqual([{ user: "alice", by: "zenity" }]);
    expect([commands.following("setpriv"), commands.started.at(-1)]).toEqual([
      1,
      `${AS_ALICE} zenity --info --title=Hello --text=&lt;b&gt;Text&lt;/b&gt; --width=420 --timeout=600`,
    ]);
  });

  it("report why a desktop did not show them", async () => {
    const error = failed(1, "\nThe name org.freedesktop.Notifications was not provided\n");
    const { port, commands } = messages({ ...ALICE, [NOTIFY]: error, [OVER_BUS]: failed(127) });
    const onShown = vi.fn<() => void>();
    const showing = port.show(asked(), onShown, never);
    await vi.waitFor(() => expect(commands.following("setpriv")).toBe(1));
    commands.end("setpriv", NO_ZENITY);
    const reason =
      "notify-send: The name org.freedesktop.Notifications was not provided; D-Bus: not installed; zenity: not installed";
    expect(await showing).toEqual({ shown: [], notShown: [{ user: "alice", reason }], pressed: null });
    expect(onShown).not.toHaveBeenCalled();
  });

  it("reach the terminals of a desktop that cannot show them", async () => {
    const { port, commands } = messages({ ...ALICE, "who -T": WHO_WINDOW, [WALL]: "" });
    const showing = port.show(asked(), noOne, never);
    await vi.waitFor(() => expect(commands.following("setpriv")).toBe(1));
    commands.end("setpriv", NO_ZENITY);
    expect((await showing).shown).toEqual([{ user: "alice", by: "wall" }]);
  });

  it("do not fill the terminals of a desktop that shows them", async () => {
    const { port, commands } = messages({ ...ALICE, [NOTIFY]: "", "who -T": WHO_WINDOW, [WALL]: "" });
    expect((await port.show(asked(), noOne, never)).shown).toEqual([{ user: "alice", by: "notify-send" }]);
    expect(commands.started).not.toContain(WALL);
  });

  it("skip users who are reached by another method, on desktops and terminals", async () => {
    const { port, commands } = messages({ ...ALICE, [NOTIFY]: "", "who -T": WHO_WINDOW });
    expect(await port.show(asked(), noOne, never, ["alice"])).toEqual({
      shown: [],
      notShown: [],
      pressed: null,
    });
    expect(commands.started.filter((line) => line.includes("notify-send"))).toEqual([]);
  });

  it("are written once to all terminals", async () => {
    const who = "ann + tty1 2027-01-04 06:02\nbob - pts/0 2027-01-04 06:02 (192.0.2.7)\n";
    const { port, commands } = messages({ "who -T": who, [WALL]: "" });
    expect((await port.show(asked(), noOne, never)).shown).toEqual([
      { user: "ann", by: "wall" },
      { user: "bob", by: "wall" },
    ]);
    expect(commands.started.filter((line) => line === WALL)).toHaveLength(1);
  });

  it.each([
    ["an ordinary account", 1000, "0000000000000000"],
    ["a service of root without its rights over files", 0, WITHOUT_DAC_OVERRIDE],
  ])("do not report a terminal that accepts none from %s", async (_, ownUid, capabilities) => {
    const who = "bob - pts/0 2027-01-04 06:02 (192.0.2.7)\n";
    const { port, commands } = messages({ "who -T": who, [WALL]: "" }, ownUid, capabilities);
    expect((await port.show(asked(), noOne, never)).notShown).toEqual([
      { user: "bob", reason: "the terminal takes no messages" },
    ]);
    expect(commands.started).not.toContain(WALL);
  });

  it("do not report a terminal that only the login manager knows, even as root", async () => {
    const carol: Record<string, FakeAnswer> = Object.fromEntries(
      Object.entries(ALICE).map(([line, answer]) => [
        line,
        line.includes("show-session") ? "Name=carol\nUser=1002\nType=tty\nClass=user\nTTY=pts/9\n" : answer,
      ]),
    );
    const { port } = messages({ ...carol, [WALL]: "" });
    expect((await port.show(asked(), noOne, never)).shown).toEqual([]);
  });

  it("do not enter another user's desktop without root", async () => {
    const { port } = messages(ALICE, 1001);
    expect((await port.show(asked(), noOne, never)).notShown).toEqual([
      { user: "alice", reason: "only root can show it to another user" },
    ]);
  });

  it("need no account change on the agent's own desktop", async () => {
    const { port } = messages({ ...ALICE, [NOTIFY.replace(AS_ALICE, IN_DESKTOP)]: "" }, 1000);
    expect((await port.show(asked(), noOne, never)).shown).toEqual([{ user: "alice", by: "notify-send" }]);
  });
});

describe("linux messages with buttons", () => {
  const question = asked({ buttons: ["Yes_1", "No"] });

  it("open a window when the notifications have no buttons, and tell which was pressed", async () => {
    const { port, commands } = messages({ ...ALICE, [CAPABILITIES]: 'as 1 "body"\n' });
    const showing = port.show(question, noOne, never);
    await vi.waitFor(() => expect(commands.started.at(-1)).toContain("zenity"));
    expect(commands.started.at(-1)).toMatch(
      /zenity --question --switch .* --extra-button=Yes__1 --extra-button=No$/,
    );
    commands.say("setpriv", "Yes__1");
    expect(await showing).toEqual({
      shown: [{ user: "alice", by: "zenity" }],
      notShown: [],
      pressed: "Yes_1",
    });
    expect(commands.following("setpriv")).toBe(0);
  });

  it("are shown without buttons rather than not at all", async () => {
    const { port, commands } = messages({ ...ALICE, [NOTIFY]: "" });
    const showing = port.show(question, noOne, never);
    await vi.waitFor(() => expect(commands.started.at(-1)).toContain("zenity"));
    commands.end("setpriv", NO_ZENITY);
    expect(await showing).toEqual({
      shown: [{ user: "alice", by: "notify-send" }],
      notShown: [],
      pressed: null,
    });
  });

  it("are not sent to a bus that cannot report a press", async () => {
    const { port, commands } = messages({ ...ALICE, [CAPABILITIES]: 'as 1 "actions"\n', [NOTIFY]: "" });
    const showing = port.show(question, noOne, never);
    await vi.waitFor(() => expect(commands.started.at(-1)).toContain("zenity"));
    commands.end("setpriv", NO_ZENITY);
    await showing;
    expect(commands.started).toContain(`${AS_ALICE} ${listenCommand.join(" ")}`);
    expect(commands.started.some((line) => line.includes("Notify susssasa{sv}i"))).toBe(false);
  });
});
