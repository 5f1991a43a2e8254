import type { PageMessage, StreamMessage } from "./stream-messages.ts";
import { readStream } from "./stream-reader.ts";

/**
 * Follows the stream of changes for one organization. All pages of a browser share one connection through a SharedWorker;
 * where there is none (Chrome for Android), each page reads for itself. Answers how to stop.
 */
export function followStream(
  organization: string | null,
  tell: (message: StreamMessage) => void,
): () => void {
  if (typeof SharedWorker === "undefined") return followAlone(organization, tell);
  const worker = new SharedWorker(new URL("./stream.worker.ts", import.meta.url), {
    type: "module",
    name: `muster-stream-${organization ?? "default"}`,
  });
  const send = (message: PageMessage) => worker.port.postMessage(message);
  const start = () => send({ kind: "start", organization });
  const stop = () => send({ kind: "stop" });
  worker.port.addEventListener("message", ({ data }: MessageEvent<StreamMessage>) => tell(data));
  worker.port.start();
  start();
  // A page that is put aside in the back-forward cache takes up its place when it is shown again.
  const restart = (event: PageTransitionEvent) => {
    if (!event.persisted) return;
    start();
    tell({ kind: "resync" });
  };
  globalThis.addEventListener("pagehide", stop);
  globalThis.addEventListener("pageshow", restart);
  return () => {
    globalThis.removeEventListener("pagehide", stop);
    globalThis.removeEventListener("pageshow", restart);
    stop();
    worker.port.close();
  };
}

function followAlone(organization: string | null, tell: (message: StreamMessage) => void): () => void {
  const controller = new AbortController();
  void readStream({ organization, tell, signal: controller.signal });
  return () => controller.abort();
}
