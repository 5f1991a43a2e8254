import os from "node:os";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HOSTILE, makeHelperProgram, QUESTION, showBy } from "../testing/helper-program.ts";
import { createTerminalNotifier } from "./macos-messages.ts";

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

describe("terminal-notifier through node-notifier", () => {
  beforeEach(() => {
    vi.spyOn(os, "type").mockReturnValue("Darwin");
    vi.spyOn(os, "release").mockReturnValue("24.1.0");
  });
  const closed = `console.log(JSON.stringify({ activationType: "closed" }))`;

  it.each(HOSTILE)("gets %s quoted, so that it is no option", async (_, text) => {
    const program = await helper(closed);
    const outcome = showBy(createTerminalNotifier(program.path), { title: text, text });
    expect(await outcome).toEqual({ kind: "shown", user: "ann", by: "notification", pressed: null });
    const [args = []] = await program.calls();
    expect(args.filter((_value, index) => index % 2 === 0).toSorted()).toEqual(
      ["-group", "-json", "-message", "-timeout", "-title"].toSorted(),
    );
    const quoted = `"${text.replaceAll(/(["$`\\])/g, "\\$1").replaceAll(/\r?\n/g, "\\n")}"`;
    expect(args[args.indexOf("-title") + 1]).toBe(quoted);
    expect(args[args.indexOf("-message") + 1]).toBe(quoted);
  });

  it("reports the button that was pressed", async () => {
    const program = await helper(
      `console.log(JSON.stringify({ activationType: "actionClicked", activationValue: "Yes" }))`,
    );
    expect(await showBy(createTerminalNotifier(program.path), QUESTION)).toMatchObject({ pressed: 0 });
    expect((await program.calls())[0]).toContain('"Yes","Not now"');
  });

  it.each([
    ["goes away unanswered", `console.log(JSON.stringify({ activationType: "timeout" }))`],
    ["does not start", "process.exit(1)"],
    ["answers no JSON", `console.log("oops")`],
  ])("leaves a question to the system's own window when it %s", async (_, answer) => {
    const program = await helper(answer);
    expect(await showBy(createTerminalNotifier(program.path), QUESTION)).toMatchObject({ by: "own" });
  });
});
