import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

export type SystemCallTrace = {
  /** Ends tracing; answers the calls in their order, one line each, with paths and addresses in place of bare numbers. */
  stop(): Promise<string[]>;
};

/** Follows the main thread of a running process, or all of its threads. Null when this system does not allow tracing. */
export async function traceSystemCalls(
  strace: string,
  pid: number,
  calls: readonly string[],
  { threads = false } = {},
): Promise<SystemCallTrace | null> {
  const folder = await mkdtemp(path.join(tmpdir(), "muster-trace-"));
  const file = path.join(folder, "calls");
  const options = [
    ...(threads ? ["-f"] : []),
    "-yy",
    "-s",
    "200",
    "-e",
    `trace=${calls.join(",")}`,
    "-o",
    file,
    "-p",
    String(pid),
  ];
  const child = spawn(strace, options, { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  const isAttached = await waitForAttaching(child.stderr);
  if (!isAttached) await rm(folder, { recursive: true });
  if (!isAttached) return null;
  return {
    async stop() {
      child.kill("SIGINT");
      await exited;
      const lines = (await readFile(file, "utf8")).split("\n");
      await rm(folder, { recursive: true });
      return lines;
    },
  };
}

async function waitForAttaching(output: NodeJS.ReadableStream): Promise<boolean> {
  for await (const line of createInterface(output)) if (line.includes("attached")) return true;
  return false;
}
