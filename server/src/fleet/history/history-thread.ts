import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { readerLocationOf } from "../../platform/database/read-store.ts";
import type { Store } from "../../platform/database/store.ts";
import type { CompactedDay } from "./compact-batches.ts";
import type { FrozenRange } from "./frozen-range.ts";
import type { HistoryPacker } from "./history-packer.ts";
import type { PackBatch } from "./pack-batches.ts";

/** Requests to the thread: begin a task, return its next batch, or stop it. Each gets an answer. */
export type ThreadRequest =
  | { kind: "pack"; range: FrozenRange }
  | { kind: "compact"; beforeDay: number }
  | { kind: "next" }
  | { kind: "stop" };

export type ThreadAnswer =
  | { kind: "batch"; batch: unknown }
  | { kind: "done" }
  | { kind: "failed"; error: unknown };

/** Packs on a separate thread, so that compression never delays a request. One task at a time. */
export function startHistoryThread(store: Store): HistoryPacker {
  const worker = new Worker(new URL("./history-worker.ts", import.meta.url), {
    workerData: readerLocationOf(store),
  });

  // A thread that has ended answers no request, and emits its end only once.
  const ended = new Promise<never>((_, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The history thread ended.")));
  });
  ended.catch(() => undefined);

  async function ask(request: ThreadRequest): Promise<ThreadAnswer> {
    worker.postMessage(request);
    const [answer]: ThreadAnswer[] = await Promise.race([once(worker, "message"), ended]);
    if (!answer) throw new Error("The history thread sent no answer.");
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
