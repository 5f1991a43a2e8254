import { monitorEventLoopDelay } from "node:perf_hooks";

/** Preloaded into the server: reports on request how long its event loop was blocked since the last request. */
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

process.on("message", (message) => {
  if (message !== "loop-stalls") return;
  process.send?.({ type: "loop-stalls", maxMs: delay.max / 1e6, p99Ms: delay.percentile(99) / 1e6 });
  delay.reset();
});
