import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { ReaderPlace } from "../../platform/database/open-reader.ts";
import type { Store } from "../../platform/database/store.ts";
import type { CompactedDay } from "./compact-batches.ts";
import type { FrozenRange } from "./frozen-range.ts";
import type { HistoryPacker } from "./history-packer.ts";
import type { PackBatch } from "./pack-batches.ts";

/** What the thread is asked for: to begin a task, for its next batch, or to give it up. Each is answered. */
export type ThreadRequest =
  | { kind: "pack"; range: FrozenRange }
  | { kind: "compact"; beforeDay: number }
  | { kind: "next" }
  | { kind: "stop" };

export type ThreadAnswer =
  | { kind: "batch"; batch: unknown }
  | { kind: "done" }
  | { kind: "failed"; error: unknown };

/** Computes on a thread of its own, so that compressing never holds up a request. One task at a time. */
export function startHistoryThread(store: Store): HistoryPacker {
  const worker = new Worker(new URL("./history-worker.ts", import.meta.url), {
    workerData: placeOf(store),
  });

  // A thread that died answers nothing any more, and says so only once.
  const ended = new Promise<never>((_, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the history thread ended")));
  });
  ended.catch(() => undefined);

  async function ask(request: ThreadRequest): Promise<ThreadAnswer> {
    worker.postMessage(request);
    const [answer]: ThreadAnswer[] = await Promise.race([once(worker, "message"), ended]);
    if (!answer) throw new Error("the history thread gave no answer");
    if (answer.kind === "failed") throw answer.error;
    return answer;
  }

  async function* run<Batch>(task: ThreadRequest): AsyncGenerator<Batch> {
    let isDone = false;
    await ask(task);
    try {
      for (;;) {
        const answer = await ask({ kind: "next" });
        isDone = answer.kind !== "batch";
        if (answer.kind !== "batch") return;
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the worker answers each task with its own kind of batch
        yield answer.batch as Batch;
      }
    } finally {
      if (!isDone) await ask({ kind: "stop" });
    }
  }

  return {
    pack: (range) => run<PackBatch>({ kind: "pack", range }),
    compact: (beforeDay) => run<CompactedDay[]>({ kind: "compact", beforeDay }),
    async close() {
      await worker.terminate();
    },
  };
}

function placeOf({ engine }: Store): ReaderPlace {
  if (engine.kind === "sqlite") return { kind: "sqlite", path: engine.path };
  const url = engine.pool.options.connectionString;
  if (!url) throw new Error("the database connection was opened without a URL");
  return { kind: "postgres", url };
}
