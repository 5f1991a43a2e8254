import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../clock.ts";
import { MusterError } from "../errors.ts";
import type { Caller } from "./caller.ts";
import { eventFrame } from "./event-frame.ts";
import { type EventStream, openEventStream } from "./open-event-stream.ts";
import { createEventStreams, type EventStreams } from "./event-streams.ts";
import { createRequestListener } from "./request-listener.ts";
import { route } from "./route.ts";

const MAX_BUFFERED = 100_000;
const key: Caller = {
  kind: "api-key",
  orgId: "o1",
  keyId: "k1",
  name: "k",
  role: "viewer",
  scopes: ["read"],
  customerIds: null,
};

let streams: EventStreams;
let isRevoked = false;
let opened: PromiseWithResolvers<EventStream>;
let server: ReturnType<typeof createServer>;
let url: string;

async function serve({ heartbeatMs = 60_000 } = {}): Promise<void> {
  isRevoked = false;
  opened = Promise.withResolvers();
  streams = createEventStreams({ heartbeatMs, maxBufferedBytes: MAX_BUFFERED });
  server = createServer(
    createRequestListener({
      routes: [
        route(
          {
            method: "get",
            path: "/api/v1/stream",
            operationId: "test",
            summary: "",
            group: "",
            status: 200,
            access: { by: "member", role: "viewer", scope: "read" },
          },
          async ({ context }) => {
            const stream = openEventStream(context);
            opened.resolve(stream);
            return stream.response;
          },
        ),
      ],
      authenticate: async () => {
        if (isRevoked) throw new MusterError("unauthenticated", "Revoked.");
        return key;
      },
      eventStreams: streams,
      log: pino({ level: "silent" }),
      clock: systemClock,
    }),
  );
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/stream`;
}
afterEach(async () => {
  streams.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function connect(): Promise<{ answer: IncomingMessage; stream: EventStream; text: () => string }> {
  const answer = await new Promise<IncomingMessage>(
    (resolve, reject) => void get(url, resolve).on("error", reject),
  );
  let text = "";
  answer.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return { answer, stream: await opened.promise, text: () => text };
}

const closing = (stream: EventStream) => new Promise<void>((resolve) => stream.onClose(resolve));

describe("an event stream", () => {
  it("sends events and heartbeats, and disables proxy buffering", async () => {
    await serve({ heartbeatMs: 10 });
    const { answer, stream, text } = await connect();
    expect(answer.headers).toMatchObject({ "content-type": "text/event-stream", "x-accel-buffering": "no" });
    expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f]{12}$/);
    stream.send(eventFrame("devices", '{"changed":[]}'));
    await expect.poll(text).toContain('event: devices\ndata: {"changed":[]}\n\n');
    await expect.poll(text).toContain(": beat\n\n");
  });

  it("drops events for a slow reader and sends a resync when it reads again", async () => {
    await serve();
    const { answer, stream, text } = await connect();
    answer.pause();
    const frame = eventFrame("devices", `"${"x".repeat(MAX_BUFFERED)}"`);
    while (!stream.isSlow) {
      stream.send(frame);
      await new Promise(setImmediate);
    }
    stream.send(eventFrame("devices", '"missed"'));
    answer.resume();
    await expect.poll(text).toContain("event: resync\ndata: {}\n\n");
    expect(text()).not.toContain("missed");
    stream.send(eventFrame("devices", '"after"'));
    await expect.poll(text).toContain("after");
    expect(stream.isSlow).toBe(false);
  });

  it("closes a reader that stays behind", async () => {
    await serve({ heartbeatMs: 10 });
    const { answer, stream } = await connect();
    answer.pause();
    const closed = closing(stream);
    while (!stream.isSlow) {
      stream.send(eventFrame("devices", `"${"x".repeat(MAX_BUFFERED)}"`));
      await new Promise(setImmediate);
    }
    await closed;
    expect(streams.size).toBe(0);
  });

  it("closes when its credential was revoked, and only then", async () => {
    await serve();
    const { stream } = await connect();
    const closed = closing(stream);
    await streams.recheck();
    expect(streams.size).toBe(1);
    isRevoked = true;
    await streams.recheck();
    await closed;
  });

  it("is refused if its credential has many open, until one is closed", async () => {
    await serve();
    const answers = await Promise.all(Array.from({ length: 20 }, () => connect()));
    const refused = await fetch(url);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "10"]);
    answers[0]?.answer.destroy();
    await expect.poll(() => streams.size).toBe(19);
    await connect();
    expect(streams.size).toBe(20);
  });

  it("ends when the server stops", async () => {
    await serve();
    const first = await connect();
    const ended = new Promise((resolve) => first.answer.on("end", resolve));
    streams.close();
    await ended;
    expect(streams.size).toBe(0);
  });

  it("is removed when its reader leaves", async () => {
    await serve();
    const { answer, stream } = await connect();
    const closed = closing(stream);
    answer.destroy();
    await closed;
    expect(streams.size).toBe(0);
    stream.send(eventFrame("devices", "{}"));
  });
});
