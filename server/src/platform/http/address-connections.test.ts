import { connect, type Socket } from "node:net";
import pino from "pino";
import { afterEach, expect, test } from "vitest";
import { createTrustedProxies } from "./client-address.ts";
import { type HttpServer, listen } from "./http-server.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function open(trustedProxies: string[] = []): Promise<{ server: HttpServer; lines: string[] }> {
  const lines: string[] = [];
  const server = await listen({
    port: 0,
    host: "127.0.0.1",
    tls: null,
    log: pino({}, { write: (line: string) => void lines.push(line) }),
    maxConnectionsPerAddress: 2,
    trustedProxies: createTrustedProxies(trustedProxies),
  });
  server.setListener((_, outgoing) => outgoing.end("here"));
  closers.push(() => server.close(0));
  return { server, lines };
}

/** Whether a request from this address of the machine is answered; the connection stays open if so. */
async function ask(
  { port }: HttpServer,
  localAddress: string,
): Promise<{ socket: Socket; isAnswered: boolean }> {
  const socket = connect({ port, host: "127.0.0.1", localAddress });
  closers.push(() => socket.destroy());
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const isAnswered = await new Promise<boolean>((resolve) => {
    socket.once("data", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
  return { socket, isAnswered };
}

test("cuts a connection beyond the maximum of its address, and accepts one again when another closed", async () => {
  const { server, lines } = await open();
  const first = await ask(server, "127.0.0.1");
  expect([first, await ask(server, "127.0.0.1")].map(({ isAnswered }) => isAnswered)).toEqual([true, true]);
  expect((await ask(server, "127.0.0.1")).isAnswered).toBe(false);
  expect((await ask(server, "127.0.0.1")).isAnswered).toBe(false);
  expect(lines.filter((line) => line.includes("too many open connections"))).toHaveLength(1);
  expect((await ask(server, "127.0.0.2")).isAnswered).toBe(true);

  first.socket.end();
  await new Promise((resolve) => first.socket.once("close", resolve));
  expect((await ask(server, "127.0.0.1")).isAnswered).toBe(true);
});

test("gives a trusted proxy as many as it opens", async () => {
  const { server } = await open(["127.0.0.0/8"]);
  for (let index = 0; index < 5; index += 1) expect((await ask(server, "127.0.0.1")).isAnswered).toBe(true);
});
