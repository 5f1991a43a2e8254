import type { ReadStore } from "../database/read-store.ts";

/** Lets a long read stop in time. */
export type ReadTurn = {
  /** Call between two statements. Throws when the client is gone or the time of the read is over. */
  pause(): Promise<void>;
  /** False when the read should end with what it has: after half a second, or after `enoughMs`, less than the limit of a read. */
  hasTime(enoughMs?: number): boolean;
};

/**
 * An expensive read that runs on a read thread. `Input` and `Output` must survive JSON. Each thread opens a read once; what `open`
 * returns may cache. Statements are short (under 50 ms): a scan goes by ranges of keys, with a pause between them.
 */
export type Read<Input, Output> = {
  /** Unique: finds the read on the thread. */
  name: string;
  open(store: ReadStore): (input: Input, turn: ReadTurn) => Promise<Output>;
};

/** A read whose types are not known, as a thread sees it. */
// oxlint-disable-next-line typescript/no-explicit-any -- inputs are contravariant: no other type accepts every read
export type AnyRead = Read<any, unknown>;
