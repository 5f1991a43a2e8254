import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { DEFAULT_CODE_PAGE, decodeCodePage, decodeUtf8, createLineSplitter } from "./decode-output.ts";
import { selfCommand } from "./self-command.ts";

/** How a command ended. A missing or slow tool is an expected outcome, not an exception. */
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
 * Starts a long-running program and reads its lines. Keeps its standard input open, so that it notices when the agent dies. Does not
 * keep the agent alive.
 */
export type FollowCommand = (
  file: string,
  args: readonly string[],
  options: FollowOptions,
) => { stop: () => void };

/** Starts a detached program that keeps running when the agent exits. */
export type LaunchCommand = (file: string, args: readonly string[]) => void;

export type Commands = {
  run: RunCommand;
  follow: FollowCommand;
  launch: LaunchCommand;
  /** Restarts this program in the same process, with the same pid, terminal and parent. Throws on Windows, which does not support it. */
  replaceSelf: () => void;
};

const DEFAULT_MAX_OUTPUT_BYTES = 1_048_576;
const MAX_LINE_LENGTH = 65_536;

/**
 * The only place that starts processes.
 * @param environment what they inherit; their language is always C
 * @param findCodePage finds the console's code page; called when a program's output is not UTF-8
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
      const { file, args } = selfCommand();
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
  const { timeoutMs, signal, maxOutput = DEFAULT_MAX_OUTPUT_BYTES } = options;
  if (signal?.aborted) return Promise.resolve({ kind: "aborted" });
  const { promise, resolve } = Promise.withResolvers<RawResult>();
  const child = spawn(file, args, { env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  const chunks: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  let outputBytes = 0;

  // A child that cannot be killed (it waits for a dead disk) is abandoned.
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
  const split = createLineSplitter(MAX_LINE_LENGTH, (line) => {
    if (!isOver) options.onLine(line);
  });
  child.stdout.setEncoding("utf8").on("data", split);
  // Writing to a program that has exited fails here; the other events report its exit.
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

// Pipes are sockets, but their type does not include `unref`.
function unref(stream: Readable | Writable): void {
  if ("unref" in stream && typeof stream.unref === "function") stream.unref();
}
