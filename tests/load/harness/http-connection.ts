import { connect, type Socket } from "node:net";

/** One persistent connection that sends prepared requests one after the other, with little CPU of its own. */
export type HttpConnection = {
  /** Calls `onAnswer` with status and body when the answer is complete, with status 0 when the connection broke. */
  send(head: string, body: Buffer | string, onAnswer: (status: number, body: string) => void): void;
  /** False once either side has closed it. */
  readonly isOpen: boolean;
  close(): void;
};

export async function openConnection(port: number): Promise<HttpConnection> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return overSocket(socket);
}

function overSocket(socket: Socket): HttpConnection {
  let received = "";
  let onAnswer: ((status: number, body: string) => void) | null = null;
  socket.setEncoding("latin1");
  socket.on("error", () => socket.destroy());
  socket.on("close", () => onAnswer?.(0, ""));
  socket.on("data", (text: string) => {
    received += text;
    const end = received.indexOf("\r\n\r\n");
    if (end === -1 || received.length < end + 4 + bodyLength(received, end)) return;
    const status = Number(received.slice(9, 12));
    const body = received.slice(end + 4);
    received = "";
    const answered = onAnswer;
    onAnswer = null;
    answered?.(status, body);
  });
  return {
    send(head, body, answered) {
      onAnswer = answered;
      if (typeof body === "string") {
        socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      } else {
        socket.write(`${head}content-length: ${body.length}\r\n\r\n`);
        socket.write(body);
      }
    },
    get isOpen() {
      return socket.readyState === "open";
    },
    close: () => socket.destroy(),
  };
}

function bodyLength(text: string, end: number): number {
  const match = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end));
  if (match) return Number(match[1]);
  if (text.startsWith(" 204", 8)) return 0;
  // Chunked: complete when the empty chunk has arrived.
  return text.endsWith("0\r\n\r\n") ? 0 : Number.POSITIVE_INFINITY;
}
