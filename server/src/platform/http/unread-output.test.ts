import { connect, type Socket } from "node:net";
import pino from "pino";
import { afterEach, expect, it } from "vitest";
import { createTrustedProxies } from "./client-address.ts";
import { type HttpServer, listen } from "./http-server.ts";

const ANSWER = Buffer.alloc(20_000_000, 0x20);
const MAX_UNREAD_BYTES = 64 * 1_048_576;

let server: HttpServer;
let clients: Socket[] = [];
let answered: Socket[] = [];

afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  answered = [];
  await server.close(0);
});

async function start(trustedProxies: readonly string[] = []): Promise<void> {
  server = await listen({
    port: 0,
    host: "127.0.0.1",
    tls: null,
    log: pino({ level: "silent" }),
    trustedProxies: createTrustedProxies(trustedProxies),
    timeouts: { unreadMs: 60_000 },
  });
  server.setListener((incoming, outgoing) => {
    answered.push(incoming.socket);
    outgoing.end(ANSWER);
  });
}

/** Asks for an answer and reads nothing of it. */
function ask(forwardedFor: string, count = 1): Socket {
  const client = connect(server.port, "127.0.0.1").pause();
  client.on("error", () => undefined);
  client.write(`GET / HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: ${forwardedFor}\r\n\r\n`.repeat(count));
  clients.push(client);
  return client;
}
const unreadBytes = () => answered.reduce((total, socket) => total + socket.writableLength, 0);
const open = () => answered.filter((socket) => !socket.destroyed).length;

it("keeps at most 64 MiB of unread answers for one address, and closes the connections that waited longest", async () => {
  await start();
  for (let count = 1; count <= 12; count += 1) {
    ask("192.0.2.1");
    await expect.poll(() => answered.length).toBe(count);
    expect(unreadBytes()).toBeLessThanOrEqual(MAX_UNREAD_BYTES);
  }
  expect(open()).toBe(3);
  expect(answered.at(-1)?.destroyed).toBe(false);
});

it("counts each client of a trusted proxy separately", async () => {
  await start(["127.0.0.1"]);
  for (let count = 1; count <= 8; count += 1) ask(`192.0.2.${count}`);
  await expect.poll(() => answered.length).toBe(8);
  expect(open()).toBe(8);
});

it("starts the next answer of a connection when the previous one was read", async () => {
  await start();
  const client = ask("192.0.2.1", 3);
  await expect.poll(() => answered.length).toBe(1);
  let bytes = 0;
  client.on("data", (chunk) => (bytes += chunk.length)).resume();
  await expect.poll(() => bytes).toBeGreaterThan(3 * ANSWER.length);
  expect(answered).toHaveLength(3);
});
