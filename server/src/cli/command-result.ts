import { explainError } from "@muster/shared/system-errors.ts";
import { escapeUnsafeCharacters, terminalText } from "@muster/shared/unsafe-characters.ts";
import { ConfigurationError } from "../platform/config/load-configuration.ts";
import { MusterError } from "../platform/errors.ts";
import { StartError, systemErrorCode } from "../platform/start-error.ts";

export const EXIT_CODES = { done: 0, failed: 1, usage: 2 } as const;

/** Result of a command: text for the terminal, and the same as data for `--json`. */
export type CommandResult = { text: string; data: unknown; hasFailed?: boolean };

/** The command was called with invalid arguments. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export type Streams = { out: (text: string) => void; err: (text: string) => void };

/** Prints the result of a command without characters that control a terminal, and returns the exit code. */
export function printResult(
  { text, data, hasFailed }: CommandResult,
  isJson: boolean,
  { out }: Streams,
): number {
  out(`${isJson ? printableJson(data) : terminalText(text)}\n`);
  return hasFailed ? EXIT_CODES.failed : EXIT_CODES.done;
}

/** Prints why a command failed, to standard output with `--json` or else to standard error. Returns the exit code. */
export function printFailure(error: unknown, isJson: boolean, { out, err }: Streams): number {
  const { code, lines, cause } = describeError(error);
  if (isJson)
    out(
      `${printableJson({ error: { code, message: lines.join("\n"), ...(cause !== undefined && { cause }) } })}\n`,
    );
  else err(`${lines.map((line) => `muster: ${terminalText(line)}`).join("\n")}\n`);
  return error instanceof UsageError ? EXIT_CODES.usage : EXIT_CODES.failed;
}

/** JSON with the same content, in which nothing controls a terminal. */
function printableJson(data: unknown): string {
  return escapeUnsafeCharacters(JSON.stringify(data));
}

/** `cause` has the own words of the system or the database. */
function describeError(error: unknown): { code: string; lines: string[]; cause?: string } {
  if (error instanceof UsageError) return { code: "usage", lines: error.message.split("\n") };
  if (error instanceof ConfigurationError) return { code: "configuration", lines: error.message.split("\n") };
  if (error instanceof StartError) return { code: "unavailable", lines: error.message.split("\n") };
  if (error instanceof MusterError) return { code: error.code, lines: [error.message] };
  const cause = error instanceof Error ? error.message : String(error);
  const reason = explainError(error);
  if (systemErrorCode(error)?.startsWith("SQLITE_")) {
    const again = reason === cause ? " Try again." : "";
    return {
      code: "unavailable",
      lines: [`The database cannot do this at the moment: ${reason}${again}`],
      cause,
    };
  }
  return { code: "internal", lines: [`Unexpected error: ${reason}`], cause };
}
