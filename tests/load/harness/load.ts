import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const script = path.join(import.meta.dirname, "load-generator.ts");

/**
 * Kinds of requests. `get` cycles through the paths. `reports` cycles through the devices, each with its own credential, numbers and
 * values; without end unless `rounds` limits the reports of each. `inventories` and `unknown keys` are reports with costly bodies.
 */
export type LoadRequests =
  | { kind: "get"; paths: readonly string[]; bearer: string }
  | { kind: "reports"; devices: readonly string[]; firstSequence: number; epoch: string; rounds?: number }
  | { kind: "inventories" | "unknown keys"; devices: readonly string[]; firstSequence: number; epoch: string }
  | { kind: "backfill"; devices: readonly string[]; hours: number; epoch: string };

export type PreparedRequest = { head: string; body: string | Buffer; onAnswer?: () => void };

/** The requests of a load, one by one; null when there are no more, or none before another one is answered. */
export type RequestSource = { next(): PreparedRequest | null; maxUnderWay: number };

export type LoadOptions = {
  port: number;
  /** At most one for each device that reports. */
  connections: number;
  durationMs: number;
  requests: LoadRequests;
  /** Requests a second, sent whether or not earlier ones were answered; without it, as fast as answers arrive. */
  perSecond?: number;
  /** True when answers other than 2xx are expected and need no mention. */
  isQuiet?: boolean;
};

export type LoadResult = {
  answered: number;
  /** Answers by status. */
  statuses: Record<string, number>;
  perSecond: number;
  /** Milliseconds from the due time of a request to its answer. */
  latencyMs: { p50: number; p99: number; max: number };
};

/** Sends requests from a separate process. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const child = fork(script);
  child.send(options);
  const [result] = (await once(child, "message")) as [LoadResult];
  child.disconnect();
  await once(child, "exit");
  const failed = Object.entries(result.statuses).filter(([status]) => !status.startsWith("2"));
  if (options.isQuiet) return result;
  for (const [status, count] of failed) console.log(`  ${count} answers were ${status}`);
  return result;
}
