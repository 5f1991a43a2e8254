import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { openReadStore, type ReaderLocation } from "../../platform/database/read-store.ts";
import { createHistoryPacker, type HistoryPacker } from "./history-packer.ts";
import type { ThreadAnswer, ThreadRequest } from "./history-thread.ts";

type Task = AsyncIterator<unknown>;

const database: ReaderLocation = workerData;
if (!parentPort) throw new Error("history-worker.ts can only run in a worker thread.");
serve(parentPort, createHistoryPacker(openReadStore(database).read));

function serve(port: MessagePort, packer: HistoryPacker): void {
  let task: Task | null = null;

  async function answer(request: ThreadRequest): Promise<ThreadAnswer> {
    switch (request.kind) {
      case "pack":
        task = packer.pack(request.range)[Symbol.asyncIterator]();
        return { kind: "done" };
      case "compact":
        task = packer.compact(request.beforeDay)[Symbol.asyncIterator]();
        return { kind: "done" };
      case "stop":
        await task?.return?.();
        return { kind: "done" };
      case "next": {
        const next = await task?.next();
        return next === undefined || next.done === true
          ? { kind: "done" }
          : { kind: "batch", batch: next.value };
      }
    }
  }

  port.on("message", (request: ThreadRequest) => {
    answer(request).then(
      (message) => port.postMessage(message),
      (error: unknown) => port.postMessage({ kind: "failed", error } satisfies ThreadAnswer),
    );
  });
}
