import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

export type HttpProxy = {
  port: number;
  /** Tunnels and forwarded requests, as "CONNECT host:port" and "GET http://host/path". */
  readonly passed: readonly string[];
  close(): Promise<void>;
};

type Options = {
  /** Basic authentication, as "user:password". */
  demands?: string;
  /** Answers every tunnel with this status. */
  refuses?: number;
};

/** A small HTTP proxy on 127.0.0.1: CONNECT for https, forwarding for http. */
export async function startHttpProxy({ demands, refuses }: Options = {}): Promise<HttpProxy> {
  const passed: string[] = [];
  const sockets = new Set<Socket>();
  const expected = demands && `Basic ${Buffer.from(demands).toString("base64")}`;
  const isAllowed = ({ headers }: IncomingMessage) =>
    expected === undefined || headers["proxy-authorization"] === expected;

  function forward(incoming: IncomingMessage, answer: ServerResponse): void {
    if (!isAllowed(incoming)) return void answer.writeHead(407, { "proxy-authenticate": "Basic" }).end();
    passed.push(`${incoming.method} ${incoming.url}`);
    const { "proxy-authorization": _, ...headers } = incoming.headers;
    const call = request(incoming.url ?? "", { method: incoming.method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    call.on("error", () => answer.writeHead(502).end());
    incoming.pipe(call);
  }

  const server = createServer(forward);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
  });
  server.on("connect", (incoming: IncomingMessage, client: Socket, head: Buffer) => {
    const status = isAllowed(incoming) ? refuses : 407;
    if (status !== undefined) return void client.end(`HTTP/1.1 ${status} Refused\r\n\r\n`);
    passed.push(`CONNECT ${incoming.url}`);
    const [host = "", port = ""] = (incoming.url ?? "").split(":");
    const upstream = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on("error", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
