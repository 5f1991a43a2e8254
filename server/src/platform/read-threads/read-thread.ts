import { Worker } from "node:worker_threads";
import type { ReadOutcome, ReadRequest, ReadThreadOptions } from "./read-message.ts";
import { tookTooLong } from "./read-turn.ts";

/** A thread that does not answer within this time is ended, and the next read starts another. */
const MAX_SILENCE_MS = 20_000;
/** A read that needs more memory ends its thread, not the server. */
const MAX_HEAP_MB = 256;

export type ReadThread = {
  readonly isBusy: boolean;
  /** Runs one read. Throws when the thread ended. */
  run(request: Extract<ReadRequest, { kind: "run" }>, signal: AbortSignal): Promise<ReadOutcome>;
  close(): Promise<void>;
};

/** A thread that `script` serves with `serveReads`. It is started at once, and again after a failure. */
export function startReadThread(script: URL, options: ReadThreadOptions): ReadThread {
  let worker: Worker | null = start();
  let isBusy = false;

  function start(): Worker {
    const started = new Worker(script, {
      workerData: options,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    const forget = () => {
      if (worker === started) worker = null;
    };
    // Without a listener an error of the thread would end the server. Whoever waits for the thread is told by its end.
    started.on("error", forget);
    started.on("exit", forget);
    started.unref();
    return started;
  }

  function ask(current: Worker, request: ReadRequest, signal: AbortSignal): Promise<ReadOutcome> {
    return new Promise((resolve, reject) => {
      const abandon = () => current.postMessage({ kind: "abandon" } satisfies ReadRequest);
      const timer = setTimeout(() => {
        settle(() => reject(tookTooLong()));
        void current.terminate();
      }, MAX_SILENCE_MS);
      const onMessage = (outcome: ReadOutcome) => settle(() => resolve(outcome));
      const onError = (error: unknown) => settle(() => reject(error));
      const onExit = () => settle(() => reject(new Error("A read thread ended.")));
      function settle(report: () => void): void {
        clearTimeout(timer);
        signal.removeEventListener("abort", abandon);
        current.off("message", onMessage);
        current.off("error", onError);
        current.off("exit", onExit);
        report();
      }
      current.on("message", onMessage);
      current.on("error", onError);
      current.on("exit", onExit);
      signal.addEventListener("abort", abandon, { once: true });
      current.postMessage(request);
    });
  }

  return {
    get isBusy() {
      return isBusy;
    },
    async run(request, signal) {
      isBusy = true;
      try {
        worker ??= start();
        return await ask(worker, request, signal);
      } finally {
        isBusy = false;
      }
    },
    async close() {
      await worker?.terminate();
    },
  };
}
