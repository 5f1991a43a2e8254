import { createServer } from "node:http";
import { EventSourceParserStream } from "eventsource-parser/stream";
import type { AppOptions } from "../../server/src/platform/http/app.ts";
import { createEventStreams } from "../../server/src/platform/http/event-streams.ts";
import { createRequestListener } from "../../server/src/platform/http/request-listener.ts";

export type Listening = {
  url: string;
  recheck(): Promise<void>;
  closeExpired(): Promise<void>;
  close(): Promise<void>;
};

/** Puts an app behind a real socket on 127.0.0.1. */
export async function listenLocally(options: AppOptions): Promise<Listening> {
  const eventStreams = createEventStreams({ now: options.clock.now });
  const server = createServer(createRequestListener({ ...options, eventStreams }));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the test server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    recheck: () => eventStreams.recheck(),
    closeExpired: () => eventStreams.closeExpired(),
    async close() {
      eventStreams.close();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

export type EventReader = {
  /** The next event, waiting for it; null once the stream has ended. */
  next(): Promise<{ event: string; data: ReturnType<typeof JSON.parse> } | null>;
  close(): Promise<void>;
};

/** Opens a stream of server-sent events. Throws when the answer is none. */
export async function readEvents(url: string, bearer: string): Promise<EventReader> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${bearer}` } });
  if (answer.status !== 200 || !answer.body) throw new Error(`no stream: ${answer.status}`);
  const reader = answer.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  return {
    async next() {
      const { value } = await reader.read();
      return value ? { event: value.event ?? "message", data: JSON.parse(value.data) } : null;
    },
    close: () => reader.cancel(),
  };
}
