import { connect, type Socket } from "node:net";

export type RawAnswer = { status: number; head: string; body: ReturnType<typeof JSON.parse> };

export type RawRequest = {
  method?: string;
  path: string;
  /** Sent as they are: twice, folded or malformed if need be. */
  headers: readonly (readonly [string, string])[];
  body?: string | Buffer;
  /** Instead of that of the body; null for none. */
  contentLength?: string | null;
};

/** Opens a connection to a server of this machine. */
export function openConnection(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect(Number(port), hostname);
}

/** Sends bytes that a well-behaved client would not send, and reads what comes until the server closes. */
export async function sendRaw(url: string, request: RawRequest): Promise<RawAnswer> {
  const {
    method = "POST",
    path,
    headers,
    body = "",
    contentLength = String(Buffer.byteLength(body)),
  } = request;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    "host: localhost",
    "connection: close",
    ...(contentLength === null ? [] : [`content-length: ${contentLength}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const socket = openConnection(url);
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  socket.write(body);
  return readAnswer(socket);
}

/** Everything until the end of the connection, as one answer. */
export async function readAnswer(
  socket: Socket,
  parse: (text: string) => RawAnswer["body"] = JSON.parse,
): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  // A server that refuses by the head does not read the rest: what was answered before the cut counts.
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => chunks.push(chunk));
  await new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
  });
  const [head = "", ...rest] = Buffer.concat(chunks).toString("utf8").split("\r\n\r\n");
  const text = rest.join("\r\n\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
  return { status, head, body: text === "" ? null : parse(text) };
}
