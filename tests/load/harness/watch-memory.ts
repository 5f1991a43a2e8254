import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Preloaded into the server: reports on request its memory after a full collection. */
setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

process.on("message", (message) => {
  if (message !== "memory") return;
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ type: "memory", rssBytes: rss, heapBytes: heapUsed, externalBytes: external });
});
