import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type DrainLimits, drainBodyBeforeClose } from "./drain-before-close.ts";

const HEAD = "POST / HTTP/1.1\r\nhost: a\r\n";
const BIG = 10_000_000;

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers before it has read anything, and what it has open. */
async function refuseUnread(limits?: DrainLimits): Promise<{ open: () => Socket; gone: Promise<void> }> {
  const gone = Promise.withResolvers<void>();
  server = createServer((incoming, outgoing) => {
    drainBodyBeforeClose(incoming, limits);
    incoming.socket.once("close", () => gone.resolve());
    outgoing.writeHead(413, { "content-length": 7 }).end("too big");
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return { open: () => connect({ port, host: "127.0.0.1", allowHalfOpen: true }), gone: gone.promise };
}

function write(socket: Socket, bytes: string | Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.write(bytes, () => resolve());
  });
}

async function readAll(socket: Socket): Promise<string> {
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe("a body that is not read", () => {
  it.each([
    ["by its length", `content-length: ${BIG}\r\n\r\n`, Buffer.alloc(BIG)],
    [
      "in chunks",
      "transfer-encoding: chunked\r\n\r\n",
      `${BIG.toString(16)}\r\n${"x".repeat(BIG)}\r\n0\r\n\r\n`,
    ],
  ])(
    "is sent completely %s by a client that reads its answer only then, and closes",
    async (_, rest, body) => {
      const { open, gone } = await refuseUnread();
      const socket = open();
      await write(socket, `${HEAD}connection: close\r\n${rest}`);
      await write(socket, body);
      const answer = await readAll(socket);
      expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*too big$/i);
      await gone;
    },
  );

  it("keeps a connection that continues", async () => {
    const { open } = await refuseUnread();
    const socket = open();
    await write(socket, `${HEAD}content-length: ${BIG}\r\n\r\n`);
    await write(socket, Buffer.alloc(BIG));
    await write(socket, `${HEAD}content-length: 2\r\nconnection: close\r\n\r\nab`);
    expect((await readAll(socket)).match(/HTTP\/1\.1 413/g)).toHaveLength(2);
  });

  it("answers immediately, and closes the connection of a client that does not send it in time", async () => {
    const { open, gone } = await refuseUnread({ maxMs: 1, maxBytes: BIG });
    const socket = open();
    socket.on("error", () => undefined);
    await write(socket, `${HEAD}connection: close\r\ncontent-length: ${BIG}\r\n\r\nx`);
    expect(await readAll(socket)).toContain("too big");
    await gone;
  });

  it("closes the connection of a client that sends without end", async () => {
    const { open, gone } = await refuseUnread({ maxMs: 3_600_000, maxBytes: 1_000_000 });
    const socket = open();
    socket.on("error", () => undefined);
    socket.write(`${HEAD}connection: close\r\ntransfer-encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    const send = () => void socket.write(chunk, (error) => !error && send());
    send();
    await gone;
  });
});
