import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Caller } from "./caller.ts";
import { type EventFrame, eventFrame } from "./event-frame.ts";

const HEARTBEAT: EventFrame = Buffer.from(": beat\n\n");
const RESYNC = eventFrame("resync", "{}");
const MAX_SLOW_HEARTBEATS = 2;

/** Why a stream ended. `client`: the client closed it, or its connection broke. */
export type StreamEndReason = "client" | "replaced" | "expired" | "revoked" | "slow" | "aged" | "stopped";

/** An open answer with server-sent events. */
export type EventStream = {
  /** What the route's handler returns. */
  readonly response: Response;
  /** Writes a frame; does nothing once closed. While the reader is slow the frame is dropped and a `resync` follows. */
  send(frame: EventFrame): void;
  /** True while frames are dropped because the reader is behind. */
  readonly isSlow: boolean;
  /** Ends the answer. */
  close(reason: StreamEndReason): void;
  /** Calls `listener` once: when the reader left, lost its rights, was too slow, or the server stops. */
  onClose(listener: () => void): void;
};

export type EventStreamOptions = {
  outgoing: ServerResponse;
  owner: string;
  /** When the credential ends by itself; null when it does not. */
  expiresAt: number | null;
  identifyAgain: () => Promise<Caller | null>;
};

/** A stream as `EventStreams` opens it. */
type Opening = EventStreamOptions & {
  /** Monotonic time at which it ends whatever happens. */
  endsAt: number;
};

/** One open stream. A class, because thousands are open at once and separate closures would cost 1.5 KB each. */
export class EventStreamConnection implements EventStream {
  readonly response: Response = RESPONSE_ALREADY_SENT;
  readonly owner: string;
  expiresAt: number | null;
  readonly endsAt: number;
  readonly identifyAgain: () => Promise<Caller | null>;
  endReason: StreamEndReason = "client";
  readonly #outgoing: ServerResponse;
  readonly #maxBufferedBytes: number;
  #hasDroppedFrames = false;
  #slowHeartbeats = 0;

  constructor({ outgoing, owner, expiresAt, endsAt, identifyAgain }: Opening, maxBufferedBytes: number) {
    this.owner = owner;
    this.expiresAt = expiresAt;
    this.endsAt = endsAt;
    this.identifyAgain = identifyAgain;
    this.#outgoing = outgoing;
    this.#maxBufferedBytes = maxBufferedBytes;
    outgoing.on("drain", () => this.#catchUp());
  }

  get isSlow(): boolean {
    return this.#hasDroppedFrames || this.#isFull();
  }

  send(frame: EventFrame): void {
    if (this.#outgoing.writableEnded || this.#outgoing.destroyed) return;
    if (this.isSlow) this.#hasDroppedFrames = true;
    else this.#outgoing.write(frame);
  }

  /** Sends a keepalive; disconnects a reader that stays behind. */
  sendHeartbeat(): void {
    this.#slowHeartbeats = this.#hasDroppedFrames ? this.#slowHeartbeats + 1 : 0;
    if (this.#slowHeartbeats <= MAX_SLOW_HEARTBEATS) return this.send(HEARTBEAT);
    this.endReason = "slow";
    this.#outgoing.destroy();
  }

  close(reason: StreamEndReason): void {
    this.endReason = reason;
    this.#outgoing.end();
  }

  onClose(listener: () => void): void {
    this.#outgoing.once("close", listener);
  }

  #isFull(): boolean {
    return this.#outgoing.writableLength > this.#maxBufferedBytes;
  }

  #catchUp(): void {
    if (!this.#hasDroppedFrames) return;
    this.#hasDroppedFrames = false;
    this.#slowHeartbeats = 0;
    this.send(RESYNC);
  }
}
