import { ConfigurationError } from "../platform/config/load-configuration.ts";
import { MusterError } from "../platform/errors.ts";
import { StartError, systemErrorCode } from "../platform/start-error.ts";

export const EXIT_CODES = { done: 0, failed: 1, usage: 2 } as const;

/** What a command came to: text for a person, and the same as data for `--json`. */
export type CommandResult = { text: string; data: unknown; hasFailed?: boolean };

/** The command was called with something that cannot be meant. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export type Streams = { out: (text: string) => void; err: (text: string) => void };

/** Prints what a command came to; answers the exit code. */
export function printResult(
  { text, data, hasFailed }: CommandResult,
  isJson: boolean,
  { out }: Streams,
): number {
  out(`${isJson ? JSON.stringify(data) : text}\n`);
  return hasFailed ? EXIT_CODES.failed : EXIT_CODES.done;
}

/** Prints why a command failed, to standard output for `--json`, else to standard error; answers the exit code. */
export function printFailure(error: unknown, isJson: boolean, { out, err }: Streams): number {
  const { code, lines } = describeError(error);
  if (isJson) out(`${JSON.stringify({ error: { code, message: lines.join("\n") } })}\n`);
  else err(`${lines.map((line) => `muster: ${line}`).join("\n")}\n`);
  return error instanceof UsageError ? EXIT_CODES.usage : EXIT_CODES.failed;
}

function describeError(error: unknown): { code: string; lines: string[] } {
  if (error instanceof UsageError) return { code: "usage", lines: error.message.split("\n") };
  if (error instanceof ConfigurationError) return { code: "configuration", lines: error.message.split("\n") };
  if (error instanceof StartError) return { code: "unavailable", lines: error.message.split("\n") };
  if (error instanceof MusterError) return { code: error.code, lines: [error.message] };
  const reason = error instanceof Error ? error.message : String(error);
  if (systemErrorCode(error)?.startsWith("SQLITE_")) {
    return { code: "unavailable", lines: [`The database does not take this now: ${reason}. Try again.`] };
  }
  return { code: "internal", lines: [`This should not happen: ${reason}`] };
}
