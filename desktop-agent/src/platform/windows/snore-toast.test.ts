import { afterEach, describe, expect, it, vi } from "vitest";
import { HOSTILE, makeHelperProgram, QUESTION, showBy, snoreToastAnswer } from "../testing/helper-program.ts";
import { createSnoreToast } from "./snore-toast.ts";

const remove: (() => unknown)[] = [];

async function helper(answer: string) {
  const program = await makeHelperProgram(answer);
  remove.push(program.remove);
  return program;
}

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(remove.splice(0).map((act) => act()));
});

describe("SnoreToast through node-notifier", () => {
  it.each(HOSTILE)("gets %s as the value of its option", async (_, text) => {
    const program = await helper(snoreToastAnswer("action=dismissed;"));
    const outcome = showBy(createSnoreToast(program.path), { title: text, text });
    expect(await outcome).toEqual({ kind: "shown", user: "ann", by: "toast", pressed: null });
    const [args = []] = await program.calls();
    expect(args.filter((_value, index) => index % 2 === 0).toSorted()).toEqual(
      ["-appID", "-id", "-m", "-pipeName", "-t"].toSorted(),
    );
    expect(args[args.indexOf("-t") + 1]).toBe(text);
    expect(args[args.indexOf("-m") + 1]).toBe(text);
  });

  it("reports the button that was pressed", async () => {
    const program = await helper(snoreToastAnswer("action=buttonClicked;button=Not now;version=0.8;", 4));
    const shown = vi.fn();
    const outcome = showBy(createSnoreToast(program.path), QUESTION, { shown });
    expect(await outcome).toMatchObject({ by: "toast", pressed: 1 });
    expect(shown).toHaveBeenCalledOnce();
    expect((await program.calls())[0]).toContain("Yes;Not now");
  });

  it.each([
    ["goes away unanswered", snoreToastAnswer("action=timedout;", 3), QUESTION],
    ["cannot be shown", "process.exit(255)", QUESTION],
    ["is urgent", snoreToastAnswer("action=dismissed;"), { ...QUESTION, urgency: "urgent" }],
    [
      "has a label with a separator",
      snoreToastAnswer("action=dismissed;"),
      { ...QUESTION, buttons: ["a;b"] },
    ],
    [
      "has a label in another alphabet",
      snoreToastAnswer("action=dismissed;"),
      { ...QUESTION, buttons: ["Später"] },
    ],
  ] as const)("leaves a question to the system's own window when it %s", async (_, answer, message) => {
    const program = await helper(answer);
    expect(await showBy(createSnoreToast(program.path), message)).toMatchObject({ by: "own" });
  });

  it("leaves the message to the system's own means without the program", async () => {
    expect(await showBy(createSnoreToast("/nowhere/snoretoast.exe"), {})).toMatchObject({ by: "own" });
  });

  it("is removed when the question was answered elsewhere", async () => {
    const program = await helper(`if (!args.includes("-close")) setInterval(() => undefined, 1000);
      if (args.includes("-close")) process.kill(require("node:fs").readFileSync(__filename + ".pid", "utf8"));
      else require("node:fs").writeFileSync(__filename + ".pid", String(process.pid));`);
    const abort = new AbortController();
    const outcome = showBy(createSnoreToast(program.path), QUESTION, { signal: abort.signal });
    await vi.waitFor(async () => expect(await program.calls()).toHaveLength(1), { timeout: 10_000 });
    abort.abort();
    expect(await outcome).toMatchObject({ by: "toast", pressed: null });
    await vi.waitFor(async () => expect((await program.calls())[1]).toContain("-close"), { timeout: 10_000 });
  });
});
