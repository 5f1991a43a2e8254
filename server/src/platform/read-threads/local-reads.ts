import type { ReadStore } from "../database/read-store.ts";
import { cpuMsSince } from "../work-meter.ts";
import { createReads, type Reads } from "./reads.ts";
import { createReadTurn } from "./read-turn.ts";

const SLOTS = 2;

/** Runs reads on the calling thread: for the command line, which has nothing else to do, and for tests. */
export function createLocalReads(store: ReadStore): Reads {
  const opened = new Map<
    string,
    (input: never, turn: ReturnType<typeof createReadTurn>) => Promise<unknown>
  >();
  return createReads(SLOTS, async (read, input, signal) => {
    const before = process.threadCpuUsage();
    const run = opened.get(read.name) ?? read.open(store);
    opened.set(read.name, run);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Reads.run` typed the input by the read
    const output = await run(input as never, createReadTurn(signal));
    return { kind: "done", json: JSON.stringify(output), cpuMs: cpuMsSince(before) };
  });
}
