import { ORGANIZATION_HEADER } from "@muster/shared/protocol/agent-protocol.ts";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { paths } from "../paths.ts";
import type { Connection, StreamMessage, StreamStart } from "./stream-messages.ts";

/** A stream without data is dead: the server sends something at least every 15 seconds. */
const SILENCE_MS = 45_000;
const OFFLINE_AFTER_ATTEMPTS = 3;

type StreamReaderDeps = Pick<StreamStart, "organization" | "since"> & {
  tell: (message: StreamMessage) => void;
  /** Ends the reader permanently. */
  signal: AbortSignal;
};

/**
 * Reads the stream of changes until `signal` aborts, and reconnects with growing waits. Each time it is open it tells `resync`,
 * because what the pages read before may have changed in between; the first time the server sends what changed after `since`.
 *
 *   connecting -> live -> reconnecting -> live
 *                              |  third failure
 *                              v
 *                           offline -> live
 */
export async function readStream({ organization, since, tell, signal }: StreamReaderDeps): Promise<void> {
  let connection: Connection = { state: "connecting", since: Date.now() };
  let attempt = 0;
  let position = since;

  function become(state: Connection["state"]) {
    const wasDown = connection.state === "reconnecting" || connection.state === "offline";
    const isDown = state === "reconnecting" || state === "offline";
    connection = { state, since: wasDown && isDown ? connection.since : Date.now() };
    tell({ kind: "connection", connection });
  }

  become("connecting");
  while (!signal.aborted) {
    const attemptEnd = new AbortController();
    const outcome = await readOnce({
      organization,
      since: position,
      signal: AbortSignal.any([signal, attemptEnd.signal]),
      giveUp: () => attemptEnd.abort(),
      onOpen: () => {
        attempt = 0;
        become("live");
        if (position === null) tell({ kind: "resync" });
        position = null;
      },
      onEvent: (event) => tellEvent(event, tell),
    });
    if (signal.aborted) return;
    if (outcome === "session-ended") {
      tell({ kind: "session-ended" });
      return;
    }
    become(attempt >= OFFLINE_AFTER_ATTEMPTS ? "offline" : "reconnecting");
    await pause(backOffMs(attempt, Math.random()), signal);
    attempt += 1;
  }
}

type Attempt = Pick<StreamStart, "organization" | "since"> & {
  signal: AbortSignal;
  giveUp: () => void;
  onOpen: () => void;
  onEvent: (event: EventSourceMessage) => void;
};

async function readOnce({ organization, since, signal, giveUp, onOpen, onEvent }: Attempt) {
  let silence = setTimeout(giveUp, SILENCE_MS);
  try {
    const headers = new Headers({ accept: "text/event-stream" });
    if (organization) headers.set(ORGANIZATION_HEADER, organization);
    const response = await fetch(paths.stream(since), {
      headers,
      signal,
      credentials: "same-origin",
      cache: "no-store",
    });
    if (response.status === 401) return "session-ended";
    if (!response.ok || !response.body) return "broken";
    onOpen();
    const parser = createParser({ onEvent });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return "broken";
      clearTimeout(silence);
      silence = setTimeout(giveUp, SILENCE_MS);
      parser.feed(value);
    }
  } catch {
    // Connect again, whatever broke the connection.
    return "broken";
  } finally {
    clearTimeout(silence);
  }
}

function tellEvent({ event, data }: EventSourceMessage, tell: StreamReaderDeps["tell"]): void {
  switch (event) {
    case "devices":
      tell({ kind: "devices", event: JSON.parse(data) });
      return;
    case "actions":
      tell({ kind: "actions", event: JSON.parse(data) });
      return;
    case "alarms":
      tell({ kind: "alarms", event: JSON.parse(data) });
      return;
    case "summary":
      tell({ kind: "summary", summary: JSON.parse(data) });
      return;
    case "resync":
      tell({ kind: "resync" });
      return;
    default:
      return;
  }
}

/** Waits, shorter when the browser says that the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      globalThis.removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    globalThis.addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}

const FIRST_MS = 500;
const MAX_WAIT_MS = 30_000;

/**
 * Milliseconds to wait before attempt `attempt` (0 is the first one after a break): doubling to 30 s, and a random half of
 * it, so that pages do not all reconnect at the same moment. `random` is 0 to 1.
 */
export function backOffMs(attempt: number, random: number): number {
  const fullMs = Math.min(MAX_WAIT_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return fullMs / 2 + (fullMs / 2) * random;
}
