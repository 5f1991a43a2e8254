import { openEventStreams } from "./event-stream-client.ts";

type Options = { port: number; path: string; count: number; bearers: readonly string[] };

/** Readers of streams: each keeps one open and reads everything. Reports on request what arrived since the last request. */
let bytes = 0;
let events = 0;

process.on("message", (message: Options | "count") => {
  if (message === "count") {
    process.send?.({ bytes, events });
    bytes = 0;
    events = 0;
    return;
  }
  const { port, path, count, bearers } = message;
  const streams = Array.from({ length: count }, (_, index) => ({
    port,
    path,
    bearer: bearers[index % bearers.length] ?? "",
  }));
  void openEventStreams(streams, (text) => {
    bytes += text.length;
    events += text.split("\nevent: ").length - 1;
  }).then(() => process.send?.("open"));
});
process.once("disconnect", () => process.exit());
