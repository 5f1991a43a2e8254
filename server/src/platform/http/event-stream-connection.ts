import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type EventFrame, eventFrame } from "./event-frame.ts";

const HEARTBEAT: EventFrame = Buffer.from(": beat\n\n");
const RESYNC = eventFrame("resync", "{}");
const MAX_SLOW_HEARTBEATS = 2;

/** An answer that stays open and carries server-sent events. */
export type EventStream = {
  /** What the route's handler returns. */
  readonly response: Response;
  /** Writes a frame; does nothing once closed. While the reader is slow the frame is dropped and a `resync` follows. */
  send(frame: EventFrame): void;
  /** True while frames are dropped because the reader has yet to take what was sent. */
  readonly isSlow: boolean;
  /** Ends the answer. */
  close(): void;
  /** Calls `listener` once: when the reader left, lost its rights, was given up as too slow, or the server stops. */
  onClose(listener: () => void): void;
};

export type EventStreamOptions = {
  outgoing: ServerResponse;
  owner: string;
  isStillAllowed: () => Promise<boolean>;
};

/** One open stream. A class, because thousands are open at once and closures of their own would cost each 1.5 KB. */
export class EventStreamConnection implements EventStream {
  readonly response: Response = RESPONSE_ALREADY_SENT;
  readonly owner: string;
  readonly isStillAllowed: () => Promise<boolean>;
  readonly #outgoing: ServerResponse;
  readonly #maxBufferedBytes: number;
  #hasMissed = false;
  #beatsBehind = 0;

  constructor({ outgoing, owner, isStillAllowed }: EventStreamOptions, maxBufferedBytes: number) {
    this.owner = owner;
    this.isStillAllowed = isStillAllowed;
    this.#outgoing = outgoing;
    this.#maxBufferedBytes = maxBufferedBytes;
    outgoing.on("drain", () => this.#catchUp());
  }

  get isSlow(): boolean {
    return this.#hasMissed || this.#isFull();
  }

  send(frame: EventFrame): void {
    if (this.#outgoing.writableEnded || this.#outgoing.destroyed) return;
    if (this.isSlow) this.#hasMissed = true;
    else this.#outgoing.write(frame);
  }

  /** Shows that the server is there; cuts the reader off that stays behind. */
  sendHeartbeat(): void {
    this.#beatsBehind = this.#hasMissed ? this.#beatsBehind + 1 : 0;
    if (this.#beatsBehind > MAX_SLOW_HEARTBEATS) this.#outgoing.destroy();
    else this.send(HEARTBEAT);
  }

  close(): void {
    this.#outgoing.end();
  }

  onClose(listener: () => void): void {
    this.#outgoing.once("close", listener);
  }

  #isFull(): boolean {
    return this.#outgoing.writableLength > this.#maxBufferedBytes;
  }

  #catchUp(): void {
    if (!this.#hasMissed) return;
    this.#hasMissed = false;
    this.#beatsBehind = 0;
    this.send(RESYNC);
  }
}
