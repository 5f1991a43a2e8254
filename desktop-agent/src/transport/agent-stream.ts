import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import type { OpenStream, StreamEnd } from "./http-events.ts";
import { retryAfterMs } from "./retry-after.ts";

/** The stream by which the server announces work. It carries no content: the agent asks for the work itself. */
export type AgentStream = {
  /** Keeps the stream open from now on, and opens it again whenever it is cut. A second call does nothing. */
  keepOpen(): void;
  close(): void;
  /** The server was found by another way: a stream that could not reach it is tried now. What the server itself asked for still holds. */
  tryNow(): void;
  isOpen(): boolean;
};

type Deps = {
  open: OpenStream;
  headers: Record<string, string>;
  clock: Clock;
  random: () => number;
  /** Whether requests may leave: while the server asked to wait or does not answer, no stream is tried either. */
  mayOpen: () => boolean;
  /** The server is there: the stream has opened. */
  answers: () => void;
  /** There may be work: the stream has opened, or the server announced it. */
  nudged: () => void;
};

const FIRST_DELAY_MS = 2000;
const MAX_DELAY_MS = 5 * 60_000;
/** A stream that lasted this long was a good one: the next delay is the first again. */
const GOOD_AFTER_MS = 30_000;
/** Answers of servers that have no stream for this device: a legacy server, a revoked credential, a portal. */
const NO_STREAM_DELAY_MS = 15 * 60_000;
const NO_STREAM = [200, 301, 302, 307, 308, 401, 403, 404, 405, 501];
const EVENTS = ["nudge", "resync"];

/**
 * Keeps one stream open. After a cut it waits 2 s, doubled with each stream that did not last up to 5 min, of which a random quarter
 * to the whole, so that a thousand agents do not return to a restarted server at the same time.
 */
export function createAgentStream(deps: Deps): AgentStream {
  const { open, headers, clock, random, nudged } = deps;
  let isHeld = false;
  let isOpen = false;
  let failures = 0;
  let openedAtMs = 0;
  /** Why it waits for its next try; null while it does not. */
  let waitsAfter: StreamEnd["kind"] | null = null;
  let cancel: Cancel = () => undefined;

  function connect(): void {
    waitsAfter = null;
    if (!deps.mayOpen()) return retry({ kind: "unreached" });
    cancel = open(AGENT_PATHS.stream, headers, {
      opened() {
        isOpen = true;
        openedAtMs = clock.monotonicMs();
        deps.answers();
        nudged();
      },
      event(name) {
        if (EVENTS.includes(name)) nudged();
      },
      ended(end) {
        if (isOpen && clock.monotonicMs() - openedAtMs >= GOOD_AFTER_MS) failures = 0;
        isOpen = false;
        retry(end);
      },
    });
  }

  function retry(end: StreamEnd): void {
    waitsAfter = end.kind;
    cancel = clock.after(delayAfter(end), connect);
    failures += 1;
  }

  function delayAfter(end: StreamEnd): number {
    const spread = 0.25 + 0.75 * random();
    const backOffMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** failures) * spread;
    if (end.kind !== "answered") return backOffMs;
    if (NO_STREAM.includes(end.status)) return NO_STREAM_DELAY_MS * (1 + random() * 0.25);
    const askedMs = retryAfterMs(end.retryAfter, clock.wallMs()) ?? 0;
    return Math.max(backOffMs, askedMs * (1 + random() * 0.25));
  }

  return {
    keepOpen() {
      if (isHeld) return;
      isHeld = true;
      failures = 0;
      connect();
    },
    close() {
      isHeld = false;
      isOpen = false;
      waitsAfter = null;
      cancel();
    },
    tryNow() {
      if (waitsAfter === null || waitsAfter === "answered") return;
      cancel();
      failures = 0;
      connect();
    },
    isOpen: () => isOpen,
  };
}
