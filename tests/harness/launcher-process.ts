import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { COMPILE_CACHE } from "./compile-cache.ts";

const root = path.join(import.meta.dirname, "../..");

export type LauncherProcess = {
  /** Resolves with the exit code of npm. */
  exited: Promise<number | null>;
  stdout(): string;
  /** Without npm's own lines. */
  stderr(): string;
  /** Waits for this on standard output and answers the whole match; rejects when npm ends before. */
  waitFor(pattern: RegExp): Promise<string>;
  /** As Ctrl-C in a terminal: everything in the foreground hears it. */
  interrupt(): Promise<number | null>;
  kill(): Promise<unknown>;
};

/** `npm start` as a user runs it. Only `environment` holds settings, none of this process's. */
export function startLauncher(environment: Record<string, string>): LauncherProcess {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(MUSTER_|NODE_|VITEST|npm_)/i.test(name),
  );
  const child = spawn("npm", ["start"], {
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...COMPILE_CACHE, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const exited = once(child, "close").then(([code]) => code as number | null);

  function signal(name: NodeJS.Signals): void {
    if (child.exitCode === null && child.signalCode === null && child.pid) process.kill(-child.pid, name);
  }

  return {
    exited,
    stdout: () => stdout,
    stderr: () =>
      stderr
        .split("\n")
        .filter((line) => !line.startsWith("npm "))
        .join("\n"),
    async waitFor(pattern) {
      for (;;) {
        const [found] = pattern.exec(stdout) ?? [];
        if (found !== undefined) return found;
        const ended = await Promise.race([
          once(child.stdout, "data").then(() => false),
          exited.then(() => true),
        ]);
        if (ended) throw new Error(`npm start ended before ${pattern}: ${stdout}${stderr}`);
      }
    },
    interrupt() {
      signal("SIGINT");
      return exited;
    },
    kill() {
      signal("SIGKILL");
      return exited;
    },
  };
}
