import { EXIT_CODES, type ExitName } from "./exit-code.ts";

/** The result of a command: text for a user and the same as data for `--json`, or one line of what is wrong. */
export type CommandResult =
  | { kind: "done"; text: string; data: Record<string, unknown> }
  | { kind: "failed"; exit: Exclude<ExitName, "ok">; reason: string };

export function done(text: string, data: Record<string, unknown>): CommandResult {
  return { kind: "done", text, data };
}

export function failed(
  exit: Exclude<ExitName, "ok">,
  reason: string,
): Extract<CommandResult, { kind: "failed" }> {
  return { kind: "failed", exit, reason };
}

type Streams = { out: (text: string) => void; err: (text: string) => void };

/** Prints a result; answers the exit code. */
export function printResult(result: CommandResult, json: boolean, { out, err }: Streams): number {
  if (result.kind === "done") {
    out(`${json ? JSON.stringify(result.data) : result.text}\n`);
    return EXIT_CODES.ok;
  }
  if (json) out(`${JSON.stringify({ error: { code: result.exit, message: result.reason } })}\n`);
  else err(`muster-agent: ${result.reason}\n`);
  return EXIT_CODES[result.exit];
}
