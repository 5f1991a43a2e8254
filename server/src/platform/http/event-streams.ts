import { setImmediate } from "node:timers/promises";
import { MusterError } from "../errors.ts";
import {
  type EventStream,
  EventStreamConnection,
  type EventStreamOptions,
} from "./event-stream-connection.ts";

/** A browser has one open stream, a script a few. */
const MAX_STREAMS_PER_CREDENTIAL = 20;
const RETRY_AFTER_S = 10;
/** Streams that are handled before the event loop continues. */
const BATCH_SIZE = 250;

/** The open event streams of this server. */
export interface EventStreams {
  /** Throws `rate-limited` when `owner`, a credential, has the maximum of open streams. */
  assertMayOpen(owner: string): void;
  /** Takes over an answer whose headers were sent. */
  open(opening: EventStreamOptions): EventStream;
  readonly size: number;
  /** Checks the rights of every stream again and closes those that lost them. */
  recheck(): Promise<void>;
  /** Ends every stream and stops the heartbeats. Streams opened later end immediately. */
  close(): void;
}

/**
 * Keeps the open event streams. While more than `maxBufferedBytes` are unread, frames are dropped; once everything is read, a
 * `resync` follows. A reader that stays behind for two heartbeats is disconnected.
 */
export function createEventStreams({
  heartbeatMs = 15_000,
  maxBufferedBytes = 1_048_576,
}: {
  heartbeatMs?: number;
  maxBufferedBytes?: number;
} = {}): EventStreams {
  const streams = new Set<EventStreamConnection>();
  const counts = new Map<string, number>();
  let isClosed = false;
  const timer = setInterval(() => void sendHeartbeats(), heartbeatMs).unref();

  async function sendHeartbeats(): Promise<void> {
    const all = [...streams];
    for (let start = 0; start < all.length; start += BATCH_SIZE) {
      for (const stream of all.slice(start, start + BATCH_SIZE)) stream.sendHeartbeat();
      await setImmediate();
    }
  }

  function forget(stream: EventStreamConnection): void {
    streams.delete(stream);
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
          await Promise.all(all.slice(start, start + BATCH_SIZE).map(closeUnlessAllowed));
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
      const stream = new EventStreamConnection(opening, maxBufferedBytes);
      counts.set(stream.owner, (counts.get(stream.owner) ?? 0) + 1);
      streams.add(stream);
      stream.onClose(() => forget(stream));
      if (isClosed) stream.close();
      return stream;
    },
    recheck,
    get size() {
      return streams.size;
    },
    close() {
      isClosed = true;
      clearInterval(timer);
      for (const stream of streams) stream.close();
    },
  };
}

async function closeUnlessAllowed(stream: EventStreamConnection): Promise<void> {
  if (!(await stream.isStillAllowed())) stream.close();
}
