import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { DEFAULT_CODE_PAGE, decodeCodePage, decodeUtf8 } from "./decode-output.ts";
import { ownCommand } from "./own-command.ts";
import { createLineSplitter } from "./split-lines.ts";

/** How a command ended. Nothing of it is an exception: a missing tool is as ordinary as a slow one. */
export type CommandResult =
  | { kind: "exited"; code: number; stdout: string; stderr: string }
  | { kind: "timed-out" }
  | { kind: "not-found" }
  | { kind: "too-much-output" }
  | { kind: "aborted" }
  | { kind: "failed"; reason: string };

export type RunOptions = {
  timeoutMs: number;
  signal?: AbortSignal;
  /** Bytes of stdout and stderr together; 1 MiB when absent. */
  maxOutput?: number;
};

/** Starts a program with an argument array, never through a shell. The first argument is a name on the PATH or a full path. */
export type RunCommand = (
  file: string,
  args: readonly string[],
  options: RunOptions,
) => Promise<CommandResult>;

export type FollowOptions = {
  onLine: (line: string) => void;
  /** Called once, when it ended or could not be started; not after `stop`. */
  onEnd: (reason: string) => void;
};

/**
 * Starts a program that stays, reads its lines, and holds its standard input open, so that it can notice when the agent dies. It
 * does not keep the agent alive.
 */
export type FollowCommand = (
  file: string,
  args: readonly string[],
  options: FollowOptions,
) => { stop: () => void };

/** Starts a program that outlives the agent and has nothing to do with it any more. */
export type LaunchCommand = (file: string, args: readonly string[]) => void;

export type Commands = {
  run: RunCommand;
  follow: FollowCommand;
  launch: LaunchCommand;
  /** Begins this program anew in the same process: same number, terminal and parent. Throws on Windows, which cannot. */
  replaceSelf: () => void;
};

const DEFAULT_MAX_OUTPUT = 1_048_576;
const MAX_LINE = 65_536;

/**
 * The only place that starts processes.
 * @param environment what they inherit; their language is always C
 * @param findCodePage tells the console's code page; asked when a program's output is not UTF-8
 */
export function createCommands(
  environment: Readonly<Record<string, string | undefined>>,
  findCodePage: (run: RunCommand) => Promise<number> = () => Promise.resolve(DEFAULT_CODE_PAGE),
): Commands {
  const env = { ...environment, LANG: "C", LC_ALL: "C" };
  const runRaw = (file: string, args: readonly string[], options: RunOptions) =>
    run(env, file, args, options);
  const runAsIs: RunCommand = async (file, args, options) =>
    toText(await runRaw(file, args, options), DEFAULT_CODE_PAGE);
  let codePage: Promise<number> | undefined;
  return {
    run: async (file, args, options) => {
      const result = await runRaw(file, args, options);
      if (result.kind !== "exited" || isUtf8(result)) return toText(result, DEFAULT_CODE_PAGE);
      codePage ??= findCodePage(runAsIs);
      return toText(result, await codePage);
    },
    follow: (file, args, options) => follow(env, file, args, options),
    launch: (file, args) =>
      spawn(file, args, { env: environment, detached: true, stdio: "ignore", windowsHide: true }).unref(),
    replaceSelf: () => {
      const { file, args } = ownCommand();
      process.execve?.(file, [file, ...args], environment);
    },
  };
}

type Output = { stdout: Buffer; stderr: Buffer };
type RawResult = Exclude<CommandResult, { kind: "exited" }> | ({ kind: "exited"; code: number } & Output);

function isUtf8({ stdout, stderr }: Output): boolean {
  return decodeUtf8(stdout) !== undefined && decodeUtf8(stderr) !== undefined;
}

function toText(result: RawResult, codePage: number): CommandResult {
  if (result.kind !== "exited") return result;
  const text = (bytes: Buffer) => decodeUtf8(bytes) ?? decodeCodePage(bytes, codePage);
  return { ...result, stdout: text(result.stdout), stderr: text(result.stderr) };
}

type Environment = Record<string, string | undefined>;

function run(
  env: Environment,
  file: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RawResult> {
  const { timeoutMs, signal, maxOutput = DEFAULT_MAX_OUTPUT } = options;
  if (signal?.aborted) return Promise.resolve({ kind: "aborted" });
  const { promise, resolve } = Promise.withResolvers<RawResult>();
  const child = spawn(file, args, { env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  const chunks: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  let outputBytes = 0;

  // A child that cannot die (waiting for a dead disk) is let go: nobody waits for it.
  const giveUp = (result: RawResult) => {
    child.kill("SIGKILL");
    child.stdout.destroy();
    child.stderr.destroy();
    child.unref();
    resolve(result);
  };
  const take = (name: "stdout" | "stderr") => (chunk: Buffer) => {
    outputBytes += chunk.length;
    if (outputBytes > maxOutput) giveUp({ kind: "too-much-output" });
    else chunks[name].push(chunk);
  };
  child.stdout.on("data", take("stdout"));
  child.stderr.on("data", take("stderr"));
  child.on("error", (error: NodeJS.ErrnoException) => giveUp(startFailure(error)));
  child.on("close", (code, killedBy) =>
    resolve(
      code === null
        ? { kind: "failed", reason: `${file} was ended by ${killedBy ?? "the system"}` }
        : {
            kind: "exited",
            code,
            // Decoded as a whole, so that no character is cut in two.
            stdout: Buffer.concat(chunks.stdout),
            stderr: Buffer.concat(chunks.stderr),
          },
    ),
  );
  const timer = setTimeout(giveUp, timeoutMs, { kind: "timed-out" });
  const onAbort = () => giveUp({ kind: "aborted" });
  signal?.addEventListener("abort", onAbort, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  });
}

function startFailure(error: NodeJS.ErrnoException): RawResult {
  return error.code === "ENOENT" ? { kind: "not-found" } : { kind: "failed", reason: error.message };
}

function follow(env: Environment, file: string, args: readonly string[], options: FollowOptions) {
  const child = spawn(file, args, { env, stdio: ["pipe", "pipe", "ignore"], windowsHide: true });
  child.unref();
  for (const stream of [child.stdin, child.stdout]) unref(stream);
  let isOver = false;
  const end = (reason: string) => {
    if (isOver) return;
    isOver = true;
    options.onEnd(reason);
  };
  const split = createLineSplitter(MAX_LINE, (line) => {
    if (!isOver) options.onLine(line);
  });
  child.stdout.setEncoding("utf8").on("data", split);
  // Writing to a program that has gone fails here; its end is told by the other events.
  child.stdin.on("error", () => undefined);
  child.on("error", (error) => end(error.message));
  child.on("exit", (code, killedBy) => end(`${file} ended with ${code ?? killedBy ?? "no code"}`));
  return {
    stop: () => {
      isOver = true;
      child.kill();
      child.stdin.destroy();
      child.stdout.destroy();
    },
  };
}

// Pipes are sockets, which their type does not tell.
function unref(stream: Readable | Writable): void {
  if ("unref" in stream && typeof stream.unref === "function") stream.unref();
}
