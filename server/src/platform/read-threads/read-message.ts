import type { ErrorCode, ErrorDetail } from "@muster/shared/errors.ts";
import type { ReaderLocation } from "../database/read-store.ts";

/** What a read thread is started with. */
export type ReadThreadOptions = { location: ReaderLocation };

/** Messages to a thread: run a read, or abandon the one that runs. A thread runs one at a time. */
export type ReadRequest = { kind: "run"; name: string; input: unknown } | { kind: "abandon" };

/** The outcome of a read, with the CPU time that it took. `json` is the encoded output. */
export type ReadOutcome = { cpuMs: number } & (
  | { kind: "done"; json: string }
  | { kind: "refused"; code: ErrorCode; message: string; details: ErrorDetail[]; retryAfterS: number | null }
  | { kind: "failed"; error: unknown }
);
