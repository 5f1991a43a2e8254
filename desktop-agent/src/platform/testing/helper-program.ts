import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MessageToShow } from "../ports.ts";
import { type Notifier, notifierOf } from "../show-by-notifier.ts";
import type { ShowInSession } from "../show-in-sessions.ts";

/** A program in the place of SnoreToast or terminal-notifier that records its arguments and answers as `answer`, a script, does. */
export async function makeHelperProgram(answer: string) {
  const folder = await mkdtemp(join(tmpdir(), "muster-helper-"));
  const path = join(folder, "helper");
  const record = join(folder, "arguments.jsonl");
  await writeFile(
    path,
    `#!${process.execPath}
const args = process.argv.slice(2);
require("node:fs").appendFileSync(${JSON.stringify(record)}, JSON.stringify(args) + "\\n");
const option = (name) => args[args.indexOf(name) + 1];
${answer}
`,
  );
  await chmod(path, 0o755);
  return {
    path,
    /** The arguments of every call so far. */
    calls: async (): Promise<string[][]> =>
      (await readFile(record, "utf8").catch(() => ""))
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** SnoreToast's answer: what it writes to the pipe that it is given. */
export function snoreToastAnswer(text: string, exitCode = 0): string {
  return `if (args.includes("-t")) {
    const pipe = require("node:net").connect(option("-pipeName"), () => pipe.end(Buffer.from(${JSON.stringify(text)}, "utf16le")));
    pipe.on("close", () => process.exit(${exitCode}));
  }`;
}

/** Texts that a helper must not take for anything else. */
export const HOSTILE = [
  ["an option", "-foo"],
  ["an option of the helper", "-close"],
  ["a long option", "--help"],
  ["a command of the helper", "-install a.lnk b.exe c"],
  ["quotes and a shell's signs", '"quoted" and $HOME `id`'],
  ["a path that ends with a backslash", "C:\\Windows\\"],
  ["lines", "first\nsecond\r\nthird"],
  ["separators", "a;b=c,d"],
  ["a list", "(1, 2)"],
  ["4,000 characters", `x${"y".repeat(3998)}z`],
] as const;

/** Shows a message by the notifier, on a clock that never moves; the outcome is by "own" when the system's own means showed it. */
export function showBy(
  notifier: Notifier,
  message: Partial<MessageToShow>,
  {
    shown = () => undefined,
    signal = new AbortController().signal,
  }: { shown?: () => void; signal?: AbortSignal } = {},
) {
  const own: ShowInSession = async () => ({ kind: "shown", user: "ann", by: "own", pressed: null });
  const clock = { after: () => () => undefined };
  const byNotifier = notifierOf(notifier, { clock, newId: () => "id-1" });
  const whole: MessageToShow = { title: "T", text: "Now?", urgency: "normal", buttons: [], ...message };
  return byNotifier(whole, "ann", own)(shown, signal);
}

/** A question with two answers. */
export const QUESTION: MessageToShow = {
  title: "T",
  text: "Now?",
  urgency: "normal",
  buttons: ["Yes", "Not now"],
};
