import type { Duplex } from "node:stream";
import { LOCAL_KEEPALIVE_MS, type LocalErrorCode, MAX_LOCAL_REQUEST_BYTES } from "@muster/shared/protocol/local-protocol.ts";
import type { LocalAgent } from "../local-agent.ts";
import { answerRequest, writeAnswer, writeRefusal } from "./answers.ts";
import { createLineReader } from "./line-reader.ts";
import { type Allowance, createAllowance, createDeadline, isWish } from "./peer-limits.ts";
import { type ReadRequest, readRequest } from "./read-request.ts";
import { createViewTeller } from "./view-updates.ts";
import { messageOf } from "../log.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";

/** Requests of one connection that are worked on at once; the next ones wait unread. */
export const MAX_IN_FLIGHT = 4;
/** Messages that could not be taken, after which the connection is cut. */
export const MAX_FAULTS = 5;
/** A message that has begun ends within this time. */
export const PART_LIMIT_MS = 10_000;
/** A peer reads what was written to it within this time. */
export const READ_LIMIT_MS = 20_000;
/** A peer that says nothing for this long is gone. */
export const SILENCE_LIMIT_MS = 3 * LOCAL_KEEPALIVE_MS;
/** Requests at once, and milliseconds between those after them. */
const BURST = 40;
const EVERY_MS = 100;

export type PeerDeps = {
  clock: Clock;
  agent: LocalAgent;
  /** What this person may wish, over all of their connections. */
  wishes: Allowance;
};

/**
 * Serves one connection of a person until it ends. Whoever asks faster than is answered waits unread, so what is held for a
 * connection stays within a few messages, whatever it does.
 */
export function servePeer(stream: Duplex, { clock, agent, wishes }: PeerDeps): void {
  const reader = createLineReader(MAX_LOCAL_REQUEST_BYTES);
  const allowance = createAllowance(clock, BURST, EVERY_MS);
  const views = createViewTeller(stream, { clock, agent, write });
  const destroy = () => void stream.destroy();
  const partLimit = createDeadline(clock, PART_LIMIT_MS, destroy);
  const readLimit = createDeadline(clock, READ_LIMIT_MS, destroy);
  const silenceLimit = createDeadline(clock, SILENCE_LIMIT_MS, destroy);
  let isOver = false;
  let inFlight = 0;
  let faults = 0;
  let cancelTurn: Cancel | null = null;

  /** Takes as many messages as may be worked on now, and reads on when it could take all that came. */
  function pump(): void {
    while (reader.hasLine() && isFree()) takeLine();
    if (isOver) return;
    if (reader.hasLine()) {
      partLimit.clear();
      return void stream.pause();
    }
    if (reader.isTooLong()) return cut(null, "too-long", "A message is too long.");
    if (reader.hasPart()) partLimit.start();
    else partLimit.clear();
    stream.resume();
  }

  function isFree(): boolean {
    if (isOver || inFlight >= MAX_IN_FLIGHT || stream.writableNeedDrain) return false;
    const waitMs = allowance.waitMs();
    if (waitMs === 0) return true;
    cancelTurn ??= clock.after(waitMs, () => {
      cancelTurn = null;
      pump();
    });
    return false;
  }

  function takeLine(): void {
    allowance.take();
    partLimit.clear();
    silenceLimit.restart();
    const line = reader.next();
    if (line === null) return cut(null, "malformed", "A message is too long, or no UTF-8.");
    const read = readRequest(line);
    if (read.kind === "request") return void work(read);
    faults += 1;
    if (faults < MAX_FAULTS) return write(writeRefusal(read.id, read.code, read.message));
    cut(read.id, read.code, read.message);
  }

  async function work({ id, request }: Extract<ReadRequest, { kind: "request" }>): Promise<void> {
    inFlight += 1;
    try {
      if (isWish(request)) takeWish();
      const answer = await answerRequest(agent, request);
      if (request.verb === "watch" && !isOver) views.begin();
      write(writeAnswer(id, answer));
    } catch (error) {
      write(writeRefusal(id, "failed", messageOf(error)));
    }
    inFlight -= 1;
    pump();
  }

  function takeWish(): void {
    if (wishes.waitMs() > 0) throw new Error("This person has wished too much at once: wait a moment.");
    wishes.take();
  }

  function write(line: string): void {
    if (!isOver && !stream.write(line)) readLimit.start();
  }

  function cut(id: number | null, code: LocalErrorCode, message: string): void {
    finish();
    readLimit.start();
    stream.end(writeRefusal(id, code, message), destroy);
  }

  function finish(): void {
    isOver = true;
    for (const limit of [partLimit, readLimit, silenceLimit]) limit.clear();
    views.stop();
    cancelTurn?.();
  }

  // What goes wrong with a stream also closes it.
  stream.on("error", destroy).on("end", destroy).on("close", finish);
  stream.on("drain", () => {
    readLimit.clear();
    views.goOn();
    pump();
  });
  stream.on("data", (chunk: Buffer) => {
    if (isOver) return;
    reader.push(chunk);
    pump();
  });
  silenceLimit.start();
  pump();
}
