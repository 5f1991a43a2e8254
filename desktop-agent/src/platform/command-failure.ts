import { plainLine } from "./plain-text.ts";
import type { CommandResult } from "./run-command.ts";

/** Why a command did not do it, in a few words: what it said last, or how it ended. Null when it ended well. */
export function commandFailure(result: CommandResult): string | null {
  switch (result.kind) {
    case "exited":
      if (result.code === 0) return null;
      // What env and setpriv say of a program that is not there.
      if (result.code === 127) return "not installed";
      return plainLine(lastLine(result.stderr) ?? `exit code ${result.code}`, 120);
    case "timed-out":
      return "did not answer in time";
    case "not-found":
      return "not installed";
    case "too-much-output":
      return "wrote too much";
    case "aborted":
      return "given up";
    case "failed":
      return plainLine(result.reason, 120);
  }
}

function lastLine(text: string): string | undefined {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .at(-1);
}
