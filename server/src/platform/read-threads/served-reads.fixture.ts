import { parentPort, workerData } from "node:worker_threads";
import { sql } from "kysely";
import { MusterError } from "../errors.ts";
import type { AnyRead, Read } from "./read.ts";
import { serveReads } from "./serve-reads.ts";

const echo: Read<unknown, unknown> = { name: "echo", open: () => async (input) => input };

const count: Read<number, { counted: number }> = {
  name: "count",
  open: () => async (upTo) => {
    let counted = 0;
    while (counted < upTo) counted += Math.ceil(Math.cos(0));
    return { counted };
  },
};

const write: Read<null, unknown> = {
  name: "write",
  open:
    ({ read }) =>
    () =>
      sql`delete from devices`.execute(read),
};

const refuse: Read<null, never> = {
  name: "refuse",
  open: () => () => {
    const details = [{ path: "cursor", message: "is invalid" }];
    throw new MusterError("bad-request", "The cursor is invalid.", { details, retryAfterS: 7 });
  },
};

const endless: Read<null, never> = {
  name: "endless",
  open: () => async (_, turn) => {
    for (;;) await turn.pause();
  },
};

const crash: Read<null, never> = {
  name: "crash",
  open: () => () => process.exit(1),
};

const reads: AnyRead[] = [echo, count, write, refuse, endless, crash];
if (parentPort) serveReads(parentPort, workerData, reads);
