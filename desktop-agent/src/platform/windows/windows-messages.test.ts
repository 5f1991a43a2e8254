import { describe, expect, it, vi } from "vitest";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import type { MessageToShow } from "../ports.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { dialogScript, toastScript, createWindowsMessages } from "./windows-messages.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";

const QUSER: FakeAnswer = {
  kind: "exited",
  code: 1,
  stdout: readFixture(import.meta.url, "quser.txt"),
  stderr: "",
};
const TASKS = "tasklist.exe /FI IMAGENAME eq LogonUI.exe /FO CSV /NH";
const LOCKED = readFixture(import.meta.url, "tasklist-logonui.txt");
const NONE_LOCKED = "INFO: No tasks are running which match the specified criteria.\r\n";
const msg = (id: number) => `msg.exe ${id} /TIME:600 Muster: Hello\r\n\r\n/W Text`;
const never = new AbortController().signal;
const noOne = () => undefined;

const asked = (message: Partial<MessageToShow> = {}): MessageToShow => ({
  title: "Hello",
  text: "/W Text",
  urgency: "normal",
  buttons: [],
  ...message,
});
const powershell = (script: string) => [POWERSHELL, ...powershellArguments(script)].join(" ");
const TOAST = powershell(toastScript(asked()));

function messages(answers: Record<string, FakeAnswer>, ownUser = "SYSTEM") {
  const commands = createFakeCommands({ "quser.exe": QUSER, [TASKS]: NONE_LOCKED, ...answers });
  return { commands, port: createWindowsMessages(commands, ownUser) };
}

describe("windows messages of a service", () => {
  it("go to each session by msg, with texts that cannot be options", async () => {
    const { port } = messages({ [msg(1)]: "", [msg(2)]: "" });
    expect(await port.show(asked(), noOne, never)).toEqual({
      shown: [
        { user: "bob", by: "msg" },
        { user: "alice", by: "msg" },
      ],
      notShown: [{ user: "carol", reason: "disconnected" }],
      pressed: null,
    });
  });

  it("skip users who are reached by another method, also when their domain is named", async () => {
    const { port, commands } = messages({ [msg(2)]: "", [msg(1)]: "" });
    const { shown } = await port.show(asked(), noOne, never, ["EXAMPLE\\Alice"]);
    expect(shown).toEqual([{ user: "bob", by: "msg" }]);
    expect(commands.started).not.toContain(msg(1));
  });

  it("do not count a locked screen", async () => {
    const { port, commands } = messages({ [msg(2)]: "", [TASKS]: LOCKED });
    const { notShown } = await port.show(asked(), noOne, never);
    expect(notShown).toContainEqual({ user: "alice", reason: "locked" });
    expect(commands.started).not.toContain(msg(1));
  });

  it("report why msg did not show them", async () => {
    const error: FakeAnswer = {
      kind: "exited",
      code: 1,
      stdout: "",
      stderr: "Error 5 getting session names\r\n",
    };
    const { port } = messages({ [msg(1)]: error });
    expect((await port.show(asked(), noOne, never)).notShown).toEqual([
      { user: "bob", reason: "this edition of Windows has no msg" },
      { user: "alice", reason: "Error 5 getting session names" },
      { user: "carol", reason: "disconnected" },
    ]);
  });

  it("reach nobody on a Home edition, and report it", async () => {
    const { port } = messages({ "quser.exe": { kind: "not-found" } });
    expect(await port.show(asked(), noOne, never)).toEqual({
      shown: [],
      notShown: [
        { user: "everybody", reason: "this edition of Windows has no msg, and a service has no other way" },
      ],
      pressed: null,
    });
  });
});

describe("windows messages of an agent in a session", () => {
  it("are a toast there, and nowhere else", async () => {
    const { port } = messages({ [TOAST]: "" }, "Alice");
    expect(await port.show(asked(), noOne, never)).toEqual({
      shown: [{ user: "Alice", by: "toast" }],
      notShown: [
        { user: "bob", reason: "only a service can show it to another user" },
        { user: "carol", reason: "disconnected" },
      ],
      pressed: null,
    });
  });

  it("are a toast on a Home edition too, unless toasts are off", async () => {
    const home: Record<string, FakeAnswer> = { "quser.exe": { kind: "not-found" } };
    const on = await messages({ ...home, [TOAST]: "" }, "alice").port.show(asked(), noOne, never);
    expect(on.shown).toEqual([{ user: "alice", by: "toast" }]);
    const stderr = "toasts are off: DisabledForUser\r\n";
    const off: FakeAnswer = { kind: "exited", code: 3, stdout: "", stderr };
    const outcome = await messages({ ...home, [TOAST]: off }, "alice").port.show(asked(), noOne, never);
    expect(outcome.notShown).toEqual([{ user: "alice", reason: "toasts are off: DisabledForUser" }]);
  });

  it("are a window when there are buttons, and return the pressed one", async () => {
    const { port, commands } = messages({}, "alice");
    const onShown = vi.fn<() => void>();
    const showing = port.show(asked({ buttons: ["Yes", "No"] }), onShown, never);
    await vi.waitFor(() => expect(commands.following(POWERSHELL)).toBe(1));
    commands.say(POWERSHELL, "shown");
    expect(onShown).toHaveBeenCalledOnce();
    commands.say(POWERSHELL, "1");
    expect(await showing).toMatchObject({ shown: [{ user: "alice", by: "window" }], pressed: "No" });
    expect(commands.following(POWERSHELL)).toBe(0);
  });

  it("do not count a window that did not open or was aborted before", async () => {
    const first = messages({}, "alice");
    const showing = first.port.show(asked({ buttons: ["Yes"] }), noOne, never);
    await vi.waitFor(() => expect(first.commands.following(POWERSHELL)).toBe(1));
    first.commands.end(POWERSHELL, "powershell.exe ended with 1");
    expect((await showing).notShown).toContainEqual({ user: "alice", reason: "powershell.exe ended with 1" });
    const second = messages({}, "alice");
    const outcome = await second.port.show(asked({ buttons: ["Yes"] }), noOne, AbortSignal.abort());
    expect(outcome.notShown).toContainEqual({ user: "alice", reason: "given up" });
  });
});

describe("the PowerShell of a message", () => {
  const hostile = asked({ title: "'; exit #", text: '$(Stop-Computer)\n"@ ', buttons: ["`n'"] });

  it.each([
    ["a toast", toastScript],
    ["a window", dialogScript],
  ])("has no text in it: %s", (_, script) => {
    const code = script(hostile);
    for (const text of [hostile.title, hostile.text, ...hostile.buttons]) expect(code).not.toContain(text);
    const data = /FromBase64String\('([A-Za-z0-9+/=]+)'\)/.exec(code)?.[1] ?? "";
    expect(JSON.parse(Buffer.from(data, "base64").toString())).toEqual(hostile);
    expect(code.replace(data, "")).toBe(script(asked()).replace(/(?<=String\(')[^']+/, ""));
  });

  it("fits a command line of Windows at its longest", () => {
    const longest = asked({
      title: "界".repeat(120),
      text: "界".repeat(4000),
      buttons: Array(5).fill("界".repeat(40)),
    });
    expect(powershell(dialogScript(longest)).length).toBeLessThan(32_767);
  });
});
