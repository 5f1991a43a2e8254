import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFakeClock } from "../platform/fake/fake-clock.ts";
import { createHttpEvents, type StreamEnd } from "./http-events.ts";

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanUp.splice(0)) undo();
});

async function setUp(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  cleanUp.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = createFakeClock();
  const seen: (string | StreamEnd)[] = [];
  const close = createHttpEvents({ url, caPem: null, insecureHttp: false }, clock)(
    "/stream",
    {},
    {
      opened: () => seen.push("opened"),
      event: (name) => seen.push(name),
      ended: (end) => seen.push(end),
    },
  );
  cleanUp.push(close);
  return { clock, seen, close, server };
}

const open = (response: ServerResponse) => response.writeHead(200, { "content-type": "text/event-stream" });

describe("a stream over HTTP", () => {
  it("emits events as they arrive, and that it was cut", async () => {
    const { seen } = await setUp((response) => {
      open(response).write("event: nudge\n");
      response.end("data: {}\n\n");
    });
    await vi.waitFor(() => expect(seen).toEqual(["opened", "nudge", { kind: "cut" }]));
  });

  it("finds events however they are cut, and takes heartbeats and unnamed data for none", async () => {
    const text =
      "event: nudge\ndata: {}\n\n: beat\n\nevent: resync\r\ndata: {}\r\n\r\ndata: x\n\nevent:last\ndata:\n\n";
    const writeSlowly = async (response: ServerResponse) => {
      open(response).flushHeaders();
      for (const character of text) await new Promise((resolve) => response.write(character, resolve));
      response.end("event: unfinished\ndata: {}\n");
    };
    const { seen } = await setUp((response) => void writeSlowly(response));
    await vi.waitFor(() => expect(seen).toEqual(["opened", "nudge", "resync", "last", { kind: "cut" }]));
  });

  it("takes an event that never ends for the end of the stream, and passes over other long lines", async () => {
    const { seen } = await setUp((response) => {
      open(response).write(`${"x".repeat(100_000)}\n\nevent: nudge\ndata: {}\n\n`);
      response.write(`data: ${"x".repeat(20_000)}`);
    });
    await vi.waitFor(() => expect(seen).toEqual(["opened", "nudge", { kind: "cut" }]));
  });

  it("reports another answer, with its Retry-After", async () => {
    const { seen } = await setUp((response) => response.writeHead(503, { "retry-after": "7" }).end());
    await vi.waitFor(() => expect(seen).toEqual([{ kind: "answered", status: 503, retryAfter: "7" }]));
  });

  it("does not accept a page of a portal", async () => {
    const { seen } = await setUp((response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("Hi"),
    );
    await vi.waitFor(() => expect(seen).toEqual([{ kind: "answered", status: 200, retryAfter: null }]));
  });

  it("gives up a server that does not answer", async () => {
    const { clock, seen } = await setUp(() => undefined);
    await clock.advance(10_000);
    expect(seen).toEqual([{ kind: "unreached" }]);
  });

  it("treats three missing heartbeats as a dead connection, and each heartbeat as life", async () => {
    let beat: () => void = () => undefined;
    const { clock, seen } = await setUp((response) => {
      open(response).flushHeaders();
      beat = () => response.write(": beat\n\nevent: beaten\ndata: {}\n\n");
    });
    await vi.waitFor(() => expect(seen).toEqual(["opened"]));
    await clock.advance(44_000);
    beat();
    await vi.waitFor(() => expect(seen).toEqual(["opened", "beaten"]));
    await clock.advance(44_000);
    expect(seen).toHaveLength(2);
    await clock.advance(1000);
    expect(seen.at(-1)).toEqual({ kind: "cut" });
  });

  it("emits nothing after it was closed by the client", async () => {
    const { clock, seen, close } = await setUp((response) => open(response).flushHeaders());
    await vi.waitFor(() => expect(seen).toEqual(["opened"]));
    close();
    await clock.advance(60_000);
    expect(seen).toEqual(["opened"]);
    expect(clock.timers()).toBe(0);
  });
});
