import { connect } from "node:net";

export type StreamToOpen = { port: number; path: string; bearer: string };

/** Opened together: below the backlog of a listening socket, whose overflow is tried again a second later. */
const AT_ONCE = 200;

/** Opens streams of events, `streams[i]` told of by `onText(text, i)`, the head included. Resolves when all were answered 200. */
export async function openEventStreams(
  streams: readonly StreamToOpen[],
  onText: (text: string, index: number) => void,
): Promise<void> {
  for (let start = 0; start < streams.length; start += AT_ONCE) {
    await Promise.all(
      streams
        .slice(start, start + AT_ONCE)
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
      else reject(new Error(`the stream was refused: ${String(text).slice(0, 200)}`));
    });
  });
}
