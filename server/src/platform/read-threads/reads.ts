import type { ErrorCode } from "@muster/shared/errors.ts";
import { MusterError } from "../errors.ts";
import { EncodedJson } from "../http/encoded-json.ts";
import { addWork } from "../work-meter.ts";
import { createFairQueue } from "./fair-queue.ts";
import type { Read } from "./read.ts";
import type { ReadOutcome } from "./read-message.ts";

/** For whom a read runs: organizations take turns, and a read whose client goes away is abandoned. */
export type Reader = { orgId: string; signal: AbortSignal };

export type Reads = {
  /**
   * Runs an expensive read and returns its answer. Throws what the read throws, `rate-limited` when too many reads of the
   * organization wait, and `unavailable` for one that takes too long.
   */
  run<Input, Output>(read: Read<Input, Output>, input: Input, reader: Reader): Promise<EncodedJson>;
};

/** Runs one read somewhere. */
export type ExecuteRead = (
  read: Read<never, unknown>,
  input: unknown,
  signal: AbortSignal,
) => Promise<ReadOutcome>;

/** Reads of one organization that may wait; each takes about 10 to 100 ms. */
const MAX_WAITING_PER_ORGANIZATION = 32;

/** Puts a fair queue before `execute`, which runs `slots` reads at the same time. */
export function createReads(slots: number, execute: ExecuteRead): Reads {
  const queue = createFairQueue({
    slots,
    maxRunningPerOwner: Math.max(1, slots - 1),
    maxWaitingPerOwner: MAX_WAITING_PER_ORGANIZATION,
  });
  return {
    async run(read, input, { orgId, signal }) {
      try {
        const outcome = await queue.run(orgId, signal, () => execute(read, input, signal));
        addWork(outcome.cpuMs);
        return answerOf(outcome);
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new MusterError("unavailable", "The client closed the connection.", { cause: error });
      }
    },
  };
}

function answerOf(outcome: ReadOutcome): EncodedJson {
  switch (outcome.kind) {
    case "done":
      return new EncodedJson(outcome.json);
    case "refused":
      throw refusalOf(outcome.code, outcome);
    case "failed":
      throw outcome.error;
  }
}

function refusalOf(
  code: ErrorCode,
  { message, details, retryAfterS }: Extract<ReadOutcome, { kind: "refused" }>,
) {
  return new MusterError(code, message, { details, ...(retryAfterS !== null && { retryAfterS }) });
}
