import { describe, expect, it, vi } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import type { MessageToShow } from "../ports.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { createMacosMessages, messageCommand } from "./macos-messages.ts";

const ROOT = readFixture(import.meta.url, "ioreg-root.txt");
const IOREG = "/usr/sbin/ioreg -n Root -d1 -w0";
const AS_ALICE = "/bin/launchctl asuser 501 /usr/bin/sudo -n -u #501 --";
const NOTIFICATION =
  "/usr/bin/osascript -e on run argv -e display notification (item 2 of argv) with title (item 1 of argv) -e end run -- Hello Text";
const LAUNCHCTL = "/bin/launchctl";
const never = new AbortController().signal;
const noOne = () => undefined;
const BOB = { user: "bob", reason: "in the background" };

const asked = (message: Partial<MessageToShow> = {}): MessageToShow => ({
  title: "Hello",
  text: "Text",
  urgency: "normal",
  buttons: [],
  ...message,
});

function messages(answers: Record<string, FakeAnswer>, ownUid = 0) {
  const commands = createFakeCommands({ [IOREG]: ROOT, ...answers });
  const clock = createFakeClock();
  return { commands, clock, port: createMacosMessages(commands, clock, ownUid) };
}

describe("macOS messages", () => {
  it("are a notification at the console, as the user there", async () => {
    const { port } = messages({ [`${AS_ALICE} ${NOTIFICATION}`]: "" });
    expect(await port.show(asked(), noOne, never)).toEqual({
      shown: [{ user: "alice", by: "notification" }],
      notShown: [BOB],
      pressed: null,
    });
  });

  it("skip users who are reached by another method", async () => {
    const { port } = messages({});
    expect(await port.show(asked(), noOne, never, ["alice"])).toEqual({
      shown: [],
      notShown: [BOB],
      pressed: null,
    });
  });

  it("need no other account in the agent's own session, and enter no other", async () => {
    const { port } = messages({ [NOTIFICATION]: "" }, 501);
    expect((await port.show(asked(), noOne, never)).shown).toEqual([{ user: "alice", by: "notification" }]);
    const { port: others } = messages({}, 503);
    expect((await others.show(asked(), noOne, never)).notShown).toEqual([
      { user: "alice", reason: "only root can show it to another user" },
      BOB,
    ]);
  });

  it.each([
    [
      "a locked screen",
      ROOT.replace(
        '{"kCGSSessionOnConsoleKey"=Yes',
        '{"CGSSessionScreenIsLocked"=Yes,"kCGSSessionOnConsoleKey"=Yes',
      ),
      "locked",
    ],
    ["no tool to ask", { kind: "not-found" } as const, "the sessions are unknown: not installed"],
    ["an answer without sessions", "+-o Root\n", "the sessions are unknown: ioreg names none"],
  ])("report that nobody saw them at %s", async (_, ioreg, reason) => {
    const { notShown, shown } = await messages({ [IOREG]: ioreg }).port.show(asked(), noOne, never);
    expect([shown, notShown[0]?.reason]).toEqual([[], reason]);
  });

  it("find no user at the login window", async () => {
    const empty =
      '    "IOConsoleUsers" = ({"kCGSSessionUserNameKey"="loginwindow","kCGSSessionUserIDKey"=88})\n';
    expect(await messages({ [IOREG]: empty }).port.show(asked(), noOne, never)).toEqual({
      shown: [],
      notShown: [],
      pressed: null,
    });
  });

  it("wait for the button in a window", async () => {
    const { port, commands, clock } = messages({});
    const onShown = vi.fn<() => void>();
    const showing = port.show(asked({ buttons: ["Yes", "No"] }), onShown, never);
    await vi.waitFor(() => expect(commands.following(LAUNCHCTL)).toBe(1));
    await clock.advance(2_000);
    await vi.waitFor(() => expect(onShown).toHaveBeenCalledOnce());
    commands.say(LAUNCHCTL, "No");
    commands.end(LAUNCHCTL, "/bin/launchctl ended with 0");
    expect(await showing).toEqual({
      shown: [{ user: "alice", by: "window" }],
      notShown: [BOB],
      pressed: "No",
    });
  });

  it("do not count a window that cannot open", async () => {
    const { port, commands } = messages({});
    const showing = port.show(asked({ urgency: "urgent" }), noOne, never);
    await vi.waitFor(() => expect(commands.following(LAUNCHCTL)).toBe(1));
    commands.end(LAUNCHCTL, "/bin/launchctl ended with 1");
    expect((await showing).notShown[0]).toEqual({
      user: "alice",
      reason: "no window: /bin/launchctl ended with 1",
    });
  });

  it("close the window when they are aborted", async () => {
    const giveUp = new AbortController();
    const { port, commands, clock } = messages({});
    const showing = port.show(asked({ buttons: ["Yes"] }), () => giveUp.abort(), giveUp.signal);
    await vi.waitFor(() => expect(commands.following(LAUNCHCTL)).toBe(1));
    await clock.advance(2_000);
    expect((await showing).pressed).toBeNull();
    expect(commands.following(LAUNCHCTL)).toBe(0);
  });
});

describe("the AppleScript of a message", () => {
  const hostile = asked({ title: '-e "', text: '" & (do shell script "id") & "', buttons: ["-x", '"'] });
  const texts = [hostile.title, hostile.text, ...hostile.buttons];

  it.each([
    ["a notification", { ...hostile, buttons: [] }, "display notification (item 2 of argv)"],
    ["a window", hostile, "display dialog (item 2 of argv)"],
    ["a list", { ...hostile, buttons: ["1", "2", "3", "4"] }, "choose from list (items 3 thru -1 of argv)"],
  ])("has no text in it: %s", (_, message, line) => {
    const command = messageCommand(message);
    const script = command.slice(0, command.indexOf("--"));
    expect(script.join("\n")).toContain(line);
    for (const text of texts) expect(script.some((part) => part.includes(text) && text !== '"')).toBe(false);
    expect(command.slice(script.length + 1)).toEqual([message.title, message.text, ...message.buttons]);
  });
});
