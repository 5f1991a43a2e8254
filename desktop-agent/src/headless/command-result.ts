import { escapeUnsafeCharacters, terminalText } from "@muster/shared/unsafe-characters.ts";
import { EXIT_CODES, type ExitName } from "./exit-code.ts";

/**
 * The result of a command: text for a user and the same as data for `--json`, or one line of what is wrong. `cause` has the system's own
 * words for it, which only `--json` shows.
 */
export type CommandResult =
  | { kind: "done"; text: string; data: Record<string, unknown> }
  | { kind: "failed"; exit: Exclude<ExitName, "ok">; reason: string; cause?: string };

export function done(text: string, data: Record<string, unknown>): CommandResult {
  return { kind: "done", text, data };
}

export function failed(
  exit: Exclude<ExitName, "ok">,
  reason: string,
  cause?: string,
): Extract<CommandResult, { kind: "failed" }> {
  return { kind: "failed", exit, reason, ...(cause !== undefined && { cause }) };
}

type Streams = { out: (text: string) => void; err: (text: string) => void };

/** Prints a result without characters that control a terminal; answers the exit code. */
export function printResult(result: CommandResult, json: boolean, { out, err }: Streams): number {
  if (result.kind === "done") {
    out(`${json ? printableJson(result.data) : terminalText(result.text)}\n`);
    return EXIT_CODES.ok;
  }
  const { exit, reason, cause } = result;
  if (json)
    out(
      `${printableJson({ error: { code: exit, message: reason, ...(cause !== undefined && { cause }) } })}\n`,
    );
  else err(`muster-agent: ${terminalText(reason)}\n`);
  return EXIT_CODES[exit];
}

/** JSON with the same content, in which nothing controls a terminal. */
export function printableJson(data: unknown): string {
  return escapeUnsafeCharacters(JSON.stringify(data));
}
