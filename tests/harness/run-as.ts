import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Person } from "./logged-in-people.ts";

export type RunningAs = {
  /** Everything it has said, a line of JSON each. */
  readonly said: readonly Record<string, unknown>[];
  /** Resolves with the first thing it says or has said that fulfils the condition. */
  until(condition: (said: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  write(message: object): void;
  stop(): Promise<void>;
};

/** Runs a program of this folder under another account. Only root can. */
export function runAs(
  { uid }: Person,
  program: string,
  { args = [], environment = {} }: { args?: readonly string[]; environment?: Record<string, string> } = {},
): RunningAs {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, program), ...args], {
    uid,
    gid: uid,
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const said: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  createInterface(child.stdout).on("line", (line) => {
    said.push(JSON.parse(line));
    for (const look of waiting) look();
  });
  child.stdin.on("error", () => undefined);

  return {
    said,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = said.find(condition);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`${program} has ended; it said ${JSON.stringify(said)}`)));
      }),
    write: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
