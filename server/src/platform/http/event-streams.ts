import { setImmediate } from "node:timers/promises";
import { MusterError } from "../errors.ts";
import { expiryOf } from "./caller.ts";
import {
  type EventStream,
  EventStreamConnection,
  type EventStreamOptions,
  type StreamEndReason,
} from "./event-stream-connection.ts";

/** A browser has one open stream, a script a few. */
const MAX_STREAMS_PER_CREDENTIAL = 20;
const RETRY_AFTER_S = 10;
/** Streams that are handled before the event loop continues. */
const BATCH_SIZE = 250;
const EXPIRY_CHECK_MS = 1_000;
const MAX_AGE_MS = 2 * 3_600_000;

/** Called for each stream that opens and ends. */
export type StreamObserver = { opened(): void; ended(reason: StreamEndReason): void };

/** The open event streams of this server. */
export interface EventStreams {
  /** Throws `rate-limited` when `owner`, a credential, has the maximum of open streams. */
  assertMayOpen(owner: string): void;
  /** Takes over an answer whose headers were sent. */
  open(opening: EventStreamOptions): EventStream;
  readonly size: number;
  /** Checks the rights of every stream again and closes those that lost them. */
  recheck(): Promise<void>;
  /** Closes the streams whose credential has expired, and those that are too old. Called every second. */
  closeExpired(): Promise<void>;
  /** Ends every stream and stops the heartbeats. Streams opened later end immediately. */
  close(): void;
}

/**
 * Keeps the open event streams. While more than `maxBufferedBytes` are unread, frames are dropped; once everything is read, a
 * `resync` follows. A reader that stays behind for two heartbeats is disconnected. A stream
 * ends with its credential: within a second of its expiry, and whenever `recheck` finds that it was revoked. It also ends after half of
 * `maxAgeMs` to the whole: heartbeats that nobody reads fit into the system's buffers for months.
 */
export function createEventStreams({
  heartbeatMs = 15_000,
  maxBufferedBytes = 1_048_576,
  maxAgeMs = MAX_AGE_MS,
  now = Date.now,
  monotonic = performance.now.bind(performance),
  random = Math.random,
  observer,
}: {
  heartbeatMs?: number;
  maxBufferedBytes?: number;
  maxAgeMs?: number;
  now?: () => number;
  monotonic?: () => number;
  random?: () => number;
  observer?: StreamObserver;
} = {}): EventStreams {
  const streams = new Set<EventStreamConnection>();
  const counts = new Map<string, number>();
  let isClosed = false;
  const timers = [
    setInterval(() => void sendHeartbeats(), heartbeatMs).unref(),
    setInterval(() => void closeExpired(), EXPIRY_CHECK_MS).unref(),
  ];

  /** A session that was used meanwhile has a later end, so each credential is checked again before its stream ends. */
  async function closeExpired(): Promise<void> {
    const age = monotonic();
    for (const stream of streams) if (stream.endsAt <= age) stream.close("aged");
    const at = now();
    const expired = [...streams].filter(({ expiresAt }) => expiresAt !== null && expiresAt <= at);
    await Promise.all(expired.map((stream) => closeUnlessAllowed(stream, "expired")));
  }

  async function sendHeartbeats(): Promise<void> {
    const all = [...streams];
    for (let start = 0; start < all.length; start += BATCH_SIZE) {
      for (const stream of all.slice(start, start + BATCH_SIZE)) stream.sendHeartbeat();
      await setImmediate();
    }
  }

  function forget(stream: EventStreamConnection): void {
    streams.delete(stream);
    observer?.ended(stream.endReason);
    const left = (counts.get(stream.owner) ?? 1) - 1;
    if (left === 0) counts.delete(stream.owner);
    else counts.set(stream.owner, left);
  }

  let rechecking: Promise<void> | null = null;
  let mustRecheckAgain = false;

  /** Calls during a recheck cause one more recheck after it, however many they are. */
  function recheck(): Promise<void> {
    mustRecheckAgain = true;
    rechecking ??= recheckAll();
    return rechecking;
  }

  async function recheckAll(): Promise<void> {
    try {
      while (mustRecheckAgain) {
        await setImmediate();
        mustRecheckAgain = false;
        const all = [...streams];
        for (let start = 0; start < all.length; start += BATCH_SIZE) {
          await Promise.all(
            all.slice(start, start + BATCH_SIZE).map((stream) => closeUnlessAllowed(stream, "revoked")),
          );
          await setImmediate();
        }
      }
    } finally {
      // Synchronous with the last check of `mustRecheckAgain`, so that no call is missed.
      rechecking = null;
    }
  }

  return {
    assertMayOpen(owner) {
      if ((counts.get(owner) ?? 0) < MAX_STREAMS_PER_CREDENTIAL) return;
      throw new MusterError(
        "rate-limited",
        `This credential has ${MAX_STREAMS_PER_CREDENTIAL} open streams. Close one first.`,
        {
          retryAfterS: RETRY_AFTER_S,
        },
      );
    },
    open(opening) {
      // Spread, so that the clients do not return at the same time.
      const endsAt = monotonic() + maxAgeMs * (0.5 + 0.5 * random());
      const stream = new EventStreamConnection({ ...opening, endsAt }, maxBufferedBytes);
      counts.set(stream.owner, (counts.get(stream.owner) ?? 0) + 1);
      streams.add(stream);
      observer?.opened();
      stream.onClose(() => forget(stream));
      if (isClosed) stream.close("stopped");
      return stream;
    },
    recheck,
    closeExpired,
    get size() {
      return streams.size;
    },
    close() {
      isClosed = true;
      for (const timer of timers) clearInterval(timer);
      for (const stream of streams) stream.close("stopped");
    },
  };
}

async function closeUnlessAllowed(stream: EventStreamConnection, reason: StreamEndReason): Promise<void> {
  const caller = await stream.identifyAgain();
  if (caller) stream.expiresAt = expiryOf(caller);
  else stream.close(reason);
}
