import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Account } from "./logged-in-users.ts";
import type { ReadableClone } from "./readable-clone.ts";

export type RunningAs = {
  /** Everything it has written so far, a line of JSON each. */
  readonly messages: readonly Record<string, unknown>[];
  /** Resolves with the first message, written so far or later, that fulfils the condition. */
  until(condition: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  write(message: object): void;
  stop(): Promise<void>;
};

/** Long enough for a machine under load. */
const PATIENCE_MS = 45_000;

/** Runs a program of this folder under another account, which can read `clone`. Only root can. */
export function runAs(
  { uid }: Account,
  clone: ReadableClone,
  program: string,
  { args = [], environment = {} }: { args?: readonly string[]; environment?: Record<string, string> } = {},
): RunningAs {
  const child = spawn(clone.node, [clone.pathOf(path.join(import.meta.dirname, program)), ...args], {
    uid,
    gid: uid,
    cwd: "/",
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const messages: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`did not start: ${error.message}`));
    child.once("exit", (code, signal) => resolve(`ended with ${code ?? signal}`));
  });
  createInterface(child.stdout).on("line", (line) => {
    messages.push(JSON.parse(line));
    for (const look of waiting) look();
  });
  child.stdin.on("error", () => undefined);

  return {
    messages,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const fail = (why: string) =>
          reject(new Error(`${program} ${why}; it wrote ${JSON.stringify(messages)}`));
        const limit = setTimeout(() => fail("did not write it in time"), PATIENCE_MS);
        const look = () => {
          const found = messages.find(condition);
          if (!found) return;
          clearTimeout(limit);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(fail);
      }),
    write: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
