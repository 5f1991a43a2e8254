import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const script = path.join(import.meta.dirname, "load-generator.ts");

/** What a request is. Reading cycles through the paths. Reports cycle through the devices, each with its own credential, numbering and figures; without end unless `rounds` says how often each reports. */
export type LoadRequests =
  | { kind: "get"; paths: readonly string[]; bearer: string }
  | { kind: "reports"; devices: readonly string[]; firstSequence: number; epoch: string; rounds?: number }
  | { kind: "backfill"; devices: readonly string[]; hours: number; epoch: string };

export type LoadOptions = {
  port: number;
  connections: number;
  durationMs: number;
  requests: LoadRequests;
  /** Requests a second, sent whether or not earlier ones were answered; as fast as answers come when it is absent. */
  perSecond?: number;
};

export type LoadResult = {
  answered: number;
  /** Answers by status. */
  statuses: Record<string, number>;
  perSecond: number;
  /** Milliseconds from when a request was due to its answer. */
  latencyMs: { p50: number; p99: number; max: number };
};

/** Sends requests from a process of its own. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const child = fork(script);
  child.send(options);
  const [result] = (await once(child, "message")) as [LoadResult];
  child.disconnect();
  await once(child, "exit");
  const failed = Object.entries(result.statuses).filter(([status]) => !status.startsWith("2"));
  for (const [status, count] of failed) console.log(`  ${count} answers were ${status}`);
  return result;
}
