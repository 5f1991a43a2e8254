import { existsSync } from "node:fs";
import { setPriority } from "node:os";
import type { MessagePort } from "node:worker_threads";
import { openReadStore } from "../database/read-store.ts";
import { isTransientFailure } from "../database/transient-failure.ts";
import { MusterError } from "../errors.ts";
import { cpuMsSince } from "../work-meter.ts";
import type { AnyRead } from "./read.ts";
import type { ReadOutcome, ReadRequest, ReadThreadOptions } from "./read-message.ts";
import { createReadTurn, tookTooLong } from "./read-turn.ts";

const STATEMENT_TIMEOUT_MS = 5_000;
/** About a third of the CPU time of the thread that answers requests, where cores are scarce. */
const NICE = 5;
/** SQLSTATE of a statement that ran into the timeout. */
const QUERY_CANCELLED = "57014";

/** Runs reads for the server's main thread, on a database connection of its own. */
export function serveReads(
  port: MessagePort,
  { location }: ReadThreadOptions,
  reads: readonly AnyRead[],
): void {
  yieldToRequests();
  const store = openReadStore(location, { statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  const opened = new Map(reads.map((read) => [read.name, read.open(store)]));
  let abandoning = new AbortController();

  async function run(name: string, input: unknown): Promise<ReadOutcome> {
    const before = process.threadCpuUsage();
    try {
      const read = opened.get(name);
      if (!read) throw new Error(`There is no read called ${name}.`);
      const json = JSON.stringify(await read(input, createReadTurn(abandoning.signal)));
      return { kind: "done", json, cpuMs: cpuMsSince(before) };
    } catch (error) {
      return { ...failureOf(error), cpuMs: cpuMsSince(before) };
    }
  }

  port.on("message", (request: ReadRequest) => {
    if (request.kind === "abandon") {
      abandoning.abort();
      return;
    }
    abandoning = new AbortController();
    void run(request.name, request.input).then((outcome) => port.postMessage(outcome));
  });
}

/** Lowers the priority of this thread. Where threads are no tasks of their own (not Linux) it would be that of the whole process. */
function yieldToRequests(): void {
  if (existsSync("/proc/thread-self")) setPriority(NICE);
}

function failureOf(error: unknown) {
  const known = knownError(error);
  if (!known) return { kind: "failed" as const, error };
  const { code, message, details, retryAfterS = null } = known;
  return { kind: "refused" as const, code, message, details: [...details], retryAfterS };
}

function knownError(error: unknown): MusterError | null {
  if (error instanceof MusterError) return error;
  if (error instanceof Error && "code" in error && error.code === QUERY_CANCELLED) return tookTooLong();
  if (!isTransientFailure(error)) return null;
  return new MusterError("unavailable", "The database does not answer at the moment. Try again.", {
    retryAfterS: 5,
  });
}
