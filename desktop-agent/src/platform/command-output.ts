import type { CommandResult } from "./run-command.ts";

/** What a command wrote when it ended well. @throws with the reason when it did not. */
export function outputOf(result: CommandResult, command: string): string {
  switch (result.kind) {
    case "exited":
      if (result.code === 0) return result.stdout;
      throw new Error(`${command} failed with code ${result.code}.`);
    case "timed-out":
      throw new Error(`${command} did not answer in time.`);
    case "not-found":
      throw new Error(`${command} is not installed.`);
    case "too-much-output":
      throw new Error(`${command} wrote too much output.`);
    case "aborted":
      throw new Error(`${command} was aborted.`);
    case "failed":
      throw new Error(`${command} failed: ${result.reason}.`);
  }
}
