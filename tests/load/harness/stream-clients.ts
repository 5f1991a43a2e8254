import { connect } from "node:net";

type Options = { port: number; count: number; bearers: readonly string[] };

/** Live pages: each keeps a stream of changes open and reads all of it. Tells on request what came since the last one. */
let bytes = 0;
let events = 0;

process.on("message", (message: Options | "count") => {
  if (message === "count") {
    process.send?.({ bytes, events });
    bytes = 0;
    events = 0;
    return;
  }
  void Promise.all(
    Array.from({ length: message.count }, (_, index) =>
      open(message.port, message.bearers[index % message.bearers.length] ?? ""),
    ),
  ).then(() => process.send?.("open"));
});
process.once("disconnect", () => process.exit());

function open(port: number, bearer: string): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.setEncoding("latin1");
  socket.write(
    `GET /api/v1/stream HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${bearer}\r\naccept: text/event-stream\r\n\r\n`,
  );
  socket.on("data", (text: string) => {
    bytes += text.length;
    events += text.split("\nevent: ").length - 1;
  });
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("data", (text) => {
      if (String(text).startsWith("HTTP/1.1 200")) resolve();
      else reject(new Error(`the stream was refused: ${String(text).slice(0, 200)}`));
    });
  });
}
