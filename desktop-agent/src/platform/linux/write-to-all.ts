import { commandFailure } from "../command-failure.ts";
import type { MessageToShow } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";

const LIMIT_MS = 30_000;

/** Writes a message to every terminal that utmp knows, once however often it is called. Gives null, or why it failed. */
export function writeToAll(
  run: RunCommand,
  { title, text }: Pick<MessageToShow, "title" | "text">,
): () => Promise<string | null> {
  let writing: Promise<string | null> | undefined;
  // Two texts, never one: a single one that is the name of a file would show that file.
  const args = ["LC_ALL=C.UTF-8", "wall", "--", `${title}\n`, text];
  return () => {
    writing ??= run("env", args, { timeoutMs: LIMIT_MS }).then(commandFailure);
    return writing;
  };
}
