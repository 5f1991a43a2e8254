import { basename, dirname } from "node:path";
import { listRotated } from "../../agent/rotating-file.ts";
import type { FilePort } from "../../platform/ports.ts";
import { type CommandResult, done, failed } from "../command-result.ts";
import type { Context } from "../../agent-host/context.ts";

const DEFAULT_LINES = 50;
const MAX_LINES = 100_000;

export type LastLines = { kind: "read"; lines: string[] } | Extract<CommandResult, { kind: "failed" }>;

/** The last lines of the agent's own log. */
export async function logsCommand(context: Context, options: { lines?: string }): Promise<CommandResult> {
  const last = await readLastLines(context, options);
  return last.kind === "failed"
    ? last
    : done(last.lines.join("\n"), { file: context.logPath, lines: last.lines });
}

/** As many lines as `--lines` says, oldest first, also from rotated files. */
export async function readLastLines(context: Context, options: { lines?: string }): Promise<LastLines> {
  const wanted = options.lines === undefined ? DEFAULT_LINES : Number(options.lines);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > MAX_LINES) {
    return failed("usage", `--lines takes a number up to ${MAX_LINES}`);
  }
  const { files } = context.platform;
  const texts = await Promise.all(
    (await listRotated(files, context.logPath)).map((path) => files.read(path)),
  );
  const lines = texts.flatMap((text) => (text ?? "").split("\n").filter((line) => line !== ""));
  return { kind: "read", lines: wanted === 0 ? [] : lines.slice(-wanted) };
}

/** Gives each new line to `show` until the signal ends it. */
export async function followLog(
  files: FilePort,
  path: string,
  show: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let shownLength = wholeLines((await files.read(path)) ?? "").length;
  let reading = Promise.resolve();

  async function showNew(): Promise<void> {
    const whole = wholeLines((await files.read(path)) ?? "");
    if (whole.length < shownLength) shownLength = 0; // It was rotated.
    const news = whole
      .slice(shownLength)
      .split("\n")
      .filter((line) => line !== "");
    shownLength = whole.length;
    for (const line of news) show(line);
  }

  const cancel = files.watch(dirname(path), (name) => {
    if (name === basename(path)) reading = reading.then(showNew);
  });
  if (!signal.aborted) {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  }
  cancel();
  await reading;
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf("\n") + 1);
}
