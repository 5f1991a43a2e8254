import type { CommandResult, Commands, FollowOptions } from "../run-command.ts";

/** What a command line answers: a text is its output with exit code 0. */
export type FakeAnswer = string | CommandResult;

export type FakeCommands = Commands & {
  /** Every command line that was run or followed, in order. */
  readonly started: readonly string[];
  /** How many followed programs of this name run now. */
  following(file: string): number;
  /** Makes the followed programs of this name print a line. */
  say(file: string, line: string): void;
  /** Ends the followed programs of this name. */
  end(file: string, reason: string): void;
};

/** Commands that answer from a table by their whole line, "file argument argument"; one that is not in it is not installed. */
export function createFakeCommands(answers: Readonly<Record<string, FakeAnswer>>): FakeCommands {
  const started: string[] = [];
  const followed = new Set<{ file: string; options: FollowOptions }>();
  const of = (file: string) => [...followed].filter((entry) => entry.file === file);
  return {
    started,
    run(file, args, { signal }) {
      const line = [file, ...args].join(" ");
      started.push(line);
      if (signal?.aborted) return Promise.resolve({ kind: "aborted" });
      const answer = answers[line] ?? { kind: "not-found" };
      return Promise.resolve(
        typeof answer === "string" ? { kind: "exited", code: 0, stdout: answer, stderr: "" } : answer,
      );
    },
    follow(file, args, options) {
      started.push([file, ...args].join(" "));
      const entry = { file, options };
      followed.add(entry);
      return { stop: () => void followed.delete(entry) };
    },
    replaceSelf: () => void started.push("replace self"),
    launch: (file, args) => void started.push([file, ...args].join(" ")),
    following: (file) => of(file).length,
    say: (file, line) => {
      for (const { options } of of(file)) options.onLine(line);
    },
    end: (file, reason) => {
      for (const entry of of(file)) {
        followed.delete(entry);
        entry.options.onEnd(reason);
      }
    },
  };
}
