import type { ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import { MusterError } from "../errors.ts";
import { type EventFrame, eventFrame } from "./event-frame.ts";

/** Streams that one credential may have open: a browser has one, a script a few. */
const MOST_FOR_ONE = 20;
const RETRY_AFTER_S = 10;
const RECHECKED_AT_ONCE = 250;
const HEARTBEAT: EventFrame = Buffer.from(": beat\n\n");
const RESYNC = eventFrame("resync", "{}");

type Opening = { outgoing: ServerResponse; owner: string; isStillAllowed: () => Promise<boolean> };

/** Writes the events of one reader. */
export type EventWriter = {
  send(frame: EventFrame): void;
  readonly isSlow: boolean;
  close(): void;
  onClose(listener: () => void): void;
};

type OpenStream = { writer: EventWriter; isStillAllowed: () => Promise<boolean>; beat: () => void };

/** All open event streams of this server. */
export interface EventStreams {
  /** Throws `rate-limited` when `owner`, a credential, has as many open as it may. */
  admit(owner: string): void;
  /** Takes over an answer whose head was sent. */
  open(opening: Opening): EventWriter;
  readonly size: number;
  /** Asks again for the rights of every stream and closes those that lost them. */
  recheck(): Promise<void>;
  /** Ends every stream and stops beating; streams opened later end at once. */
  close(): void;
}

/**
 * Keeps the open event streams. A reader that lets more than `maxBufferedBytes` pile up misses frames until it has read all
 * and then gets `resync`; one that stays behind for two heartbeats is cut off.
 */
export function createEventStreams({
  heartbeatMs = 15_000,
  maxBufferedBytes = 1_048_576,
}: {
  heartbeatMs?: number;
  maxBufferedBytes?: number;
} = {}): EventStreams {
  const streams = new Set<OpenStream>();
  const counts = new Map<string, number>();
  let isClosed = false;
  const timer = setInterval(() => {
    for (const { beat } of streams) beat();
  }, heartbeatMs).unref();

  function open({ outgoing, owner, isStillAllowed }: Opening): EventWriter {
    let missed = false;
    let beatsBehind = 0;
    const isSlow = () => outgoing.writableLength > maxBufferedBytes;
    const send = (frame: EventFrame) => {
      if (outgoing.writableEnded || outgoing.destroyed) return;
      if (missed || isSlow()) missed = true;
      else outgoing.write(frame);
    };
    const catchUp = () => {
      if (!missed) return;
      missed = false;
      beatsBehind = 0;
      send(RESYNC);
    };
    const beat = () => {
      beatsBehind = missed ? beatsBehind + 1 : 0;
      if (beatsBehind > 2) outgoing.destroy();
      else send(HEARTBEAT);
    };
    const writer: EventWriter = {
      send,
      get isSlow() {
        return missed || isSlow();
      },
      close: () => void outgoing.end(),
      onClose: (listener) => void outgoing.once("close", listener),
    };
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
    const entry = { writer, isStillAllowed, beat };
    streams.add(entry);
    outgoing.on("drain", catchUp);
    outgoing.once("close", () => {
      streams.delete(entry);
      const left = (counts.get(owner) ?? 1) - 1;
      if (left === 0) counts.delete(owner);
      else counts.set(owner, left);
    });
    if (isClosed) writer.close();
    return writer;
  }

  let rechecking: Promise<void> | null = null;
  let mustRecheckAgain = false;

  /** Rights that are lost while streams are asked are asked about once more after that, however many they are. */
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
        for (let start = 0; start < all.length; start += RECHECKED_AT_ONCE) {
          await Promise.all(all.slice(start, start + RECHECKED_AT_ONCE).map(closeUnlessAllowed));
          await setImmediate();
        }
      }
    } finally {
      // In the same breath as the last look at whether to ask again, so that no call falls in between.
      rechecking = null;
    }
  }

  async function closeUnlessAllowed({ writer, isStillAllowed }: OpenStream): Promise<void> {
    if (!(await isStillAllowed())) writer.close();
  }

  return {
    admit(owner) {
      if ((counts.get(owner) ?? 0) < MOST_FOR_ONE) return;
      throw new MusterError("rate-limited", `This credential has ${MOST_FOR_ONE} streams open: close one.`, {
        retryAfterS: RETRY_AFTER_S,
      });
    },
    open,
    recheck,
    get size() {
      return streams.size;
    },
    close() {
      isClosed = true;
      clearInterval(timer);
      for (const { writer } of streams) writer.close();
    },
  };
}
