import type { IncomingMessage } from "node:http";
import { createParser } from "eventsource-parser";
import type { Cancel, Clock } from "../platform/ports.ts";
import type { ProxyServer } from "./proxy.ts";
import type { ServerAddress } from "./server-address.ts";
import { createWebClient } from "./web-client.ts";

/** How a stream ended, or why there was none. */
export type StreamEnd =
  /** It was open and broke off. */
  | { kind: "cut" }
  /** The server, or what stands before it, answered something else. */
  | { kind: "answered"; status: number; retryAfter: string | null }
  | { kind: "unreached" };

export type StreamHandlers = {
  opened: () => void;
  event: (name: string) => void;
  /** Called once, and not after the stream was closed from here. */
  ended: (end: StreamEnd) => void;
};

/** Opens a stream of server-sent events below the server's address; returns how to close it. */
export type OpenStream = (path: string, headers: Record<string, string>, handlers: StreamHandlers) => Cancel;

const CONNECT_TIMEOUT_MS = 10_000;
/** Characters of an event that is not complete yet. */
const MAX_EVENT_LENGTH = 16_384;
/** The server sends a heartbeat every 15 s: a stream without one for three intervals is dead, whatever the socket's state. */
const SILENCE_TIMEOUT_MS = 45_000;

/** Streams over node:http or node:https, each on a connection of its own, verified as requests are. */
export function createHttpEvents(
  address: ServerAddress,
  clock: Clock,
  proxy: ProxyServer | null = null,
): OpenStream {
  return (path, headers, handlers) => {
    const web = createWebClient(address, proxy, { keepAlive: false });
    let isOver = false;
    let cancelLimit: Cancel = clock.after(CONNECT_TIMEOUT_MS, () => end({ kind: "unreached" }));
    let lastHeardMs = 0;
    const call = web.request(path, { headers: { ...headers, accept: "text/event-stream" } });

    function close(): boolean {
      const wasOpen = !isOver;
      isOver = true;
      cancelLimit();
      call.destroy();
      return wasOpen;
    }
    function end(how: StreamEnd): void {
      if (close()) handlers.ended(how);
    }
    function watchSilence(afterMs: number): void {
      cancelLimit = clock.after(afterMs, () => {
        const leftMs = lastHeardMs + SILENCE_TIMEOUT_MS - clock.monotonicMs();
        if (leftMs > 0) watchSilence(leftMs);
        else end({ kind: "cut" });
      });
    }
    function follow(response: IncomingMessage): void {
      cancelLimit();
      lastHeardMs = clock.monotonicMs();
      watchSilence(SILENCE_TIMEOUT_MS);
      const parser = createParser({
        maxBufferSize: MAX_EVENT_LENGTH,
        onEvent: ({ event }) => {
          if (event !== undefined && !isOver) handlers.event(event);
        },
        // Ours are never too long: what sends such an event is something else.
        onError: ({ type }) => {
          if (type === "max-buffer-size-exceeded") end({ kind: "cut" });
        },
      });
      response.setEncoding("utf8").on("data", (chunk: string) => {
        lastHeardMs = clock.monotonicMs();
        if (!isOver) parser.feed(chunk);
      });
      response.on("close", () => end({ kind: "cut" }));
      response.on("error", () => end({ kind: "cut" }));
      handlers.opened();
    }

    call.on("error", () => end({ kind: "unreached" }));
    call.on("response", (response) => {
      const status = response.statusCode ?? 0;
      const isStream = response.headers["content-type"]?.startsWith("text/event-stream") === true;
      if (status === 200 && isStream) return follow(response);
      end({ kind: "answered", status, retryAfter: response.headers["retry-after"] ?? null });
    });
    call.end();
    return () => void close();
  };
}
