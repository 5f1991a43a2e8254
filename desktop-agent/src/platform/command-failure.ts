import { printableLine } from "./printable-text.ts";
import type { CommandResult } from "./run-command.ts";

/** The reason why a command failed, in a few words: its last line of output, or how it ended. Null when it succeeded. */
export function commandFailure(result: CommandResult): string | null {
  switch (result.kind) {
    case "exited":
      if (result.code === 0) return null;
      // The exit code of env and setpriv when the program does not exist.
      if (result.code === 127) return "not installed";
      return printableLine(lastLine(result.stderr) ?? `exit code ${result.code}`, 120);
    case "timed-out":
      return "did not answer in time";
    case "not-found":
      return "not installed";
    case "too-much-output":
      return "wrote too much";
    case "aborted":
      return "given up";
    case "failed":
      return printableLine(result.reason, 120);
  }
}

function lastLine(text: string): string | undefined {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .at(-1);
}
