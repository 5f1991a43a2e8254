import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFakeClock } from "../platform/fake/fake-clock.ts";
import { createEventReader, createHttpEvents, type StreamEnd } from "./http-events.ts";

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
      beat = () => response.write(": beat\n\nevent: beaten\n\n");
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

function read(...chunks: string[]): string[] {
  const names: string[] = [];
  const take = createEventReader((name) => names.push(name));
  for (const chunk of chunks) take(chunk);
  return names;
}

describe("createEventReader", () => {
  const stream = "event: nudge\ndata: {}\n\n: beat\n\nevent: resync\r\ndata: {}\r\n\r\nevent:nudge\n\n";

  it("finds events however they are split", () => {
    const names = ["nudge", "resync", "nudge"];
    expect(read(stream)).toEqual(names);
    expect(read(...stream.split(""))).toEqual(names);
  });

  it("ignores heartbeats, data without an event and an unfinished event", () => {
    expect(read(": beat\n\n", "data: x\n\n", "event: nudge\ndata: {}\n")).toEqual([]);
  });

  it("does not grow with a line that never ends", () => {
    expect(read(...Array.from({ length: 100 }, () => "x".repeat(10_000)), "\n\nevent: nudge\n\n")).toEqual([
      "nudge",
    ]);
  });
});
