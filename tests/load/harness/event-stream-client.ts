import { connect } from "node:net";

export type StreamToOpen = { port: number; path: string; bearer: string };

/** Below the backlog of a listening socket; a connection beyond it is retried a second later. */
const MAX_PARALLEL = 200;

/** Opens event streams. `onText(text, i)` receives the text of `streams[i]`, headers included. Resolves when all were answered 200. */
export async function openEventStreams(
  streams: readonly StreamToOpen[],
  onText: (text: string, index: number) => void,
): Promise<void> {
  for (let start = 0; start < streams.length; start += MAX_PARALLEL) {
    await Promise.all(
      streams
        .slice(start, start + MAX_PARALLEL)
        .map((stream, offset) => openOne(stream, (text) => onText(text, start + offset))),
    );
  }
}

function openOne({ port, path, bearer }: StreamToOpen, onText: (text: string) => void): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.setEncoding("latin1");
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${bearer}\r\naccept: text/event-stream\r\n\r\n`,
  );
  socket.on("data", onText);
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("data", (text) => {
      if (String(text).startsWith("HTTP/1.1 200")) resolve();
      else reject(new Error(`The stream was rejected: ${String(text).slice(0, 200)}`));
    });
  });
}
