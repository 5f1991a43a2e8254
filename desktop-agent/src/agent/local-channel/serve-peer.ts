import type { Duplex } from "node:stream";
import {
  LOCAL_KEEPALIVE_MS,
  type LocalErrorCode,
  MAX_LOCAL_REQUEST_BYTES,
} from "@muster/shared/protocol/local-protocol.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { LocalAgent } from "../local-agent.ts";
import { messageOf } from "../log.ts";
import { answerRequest, writeAnswer, writeError } from "./answers.ts";
import { createLineReader } from "./line-reader.ts";
import { type Allowance, createAllowance, createDeadline, isCostly } from "./peer-limits.ts";
import { type ReadRequest, readRequest } from "./read-request.ts";
import { createViewUpdates } from "./view-updates.ts";

/** Requests of one connection that are handled at the same time; the next ones wait unread. */
export const MAX_IN_FLIGHT = 4;
/** Invalid messages, after which the connection is closed. */
export const MAX_INVALID_MESSAGES = 5;
/** A message that has begun ends within this time. */
export const MESSAGE_TIMEOUT_MS = 10_000;
/** A peer reads what was written to it within this time. */
export const READ_TIMEOUT_MS = 20_000;
/** A peer that sends nothing for this long has gone away. */
export const SILENCE_TIMEOUT_MS = 3 * LOCAL_KEEPALIVE_MS;
/** Requests without a wait, and milliseconds between those after them. */
const REQUEST_BURST = 40;
const REQUEST_EVERY_MS = 100;

export type PeerDeps = {
  clock: Clock;
  agent: LocalAgent;
  /** Costly requests of this user, over all of their connections. */
  costlyRequests: Allowance;
};

/**
 * Serves one connection of a local user until it ends. A peer that asks faster than it is answered waits unread, so what is held
 * for a connection stays within a few messages, whatever it does.
 */
export function servePeer(stream: Duplex, deps: PeerDeps): void {
  const { clock, agent } = deps;
  const reader = createLineReader(MAX_LOCAL_REQUEST_BYTES);
  const pacer = createPacer(clock, () => pump());
  const views = createViewUpdates(stream, { clock, agent, write });
  const destroy = () => void stream.destroy();
  const deadlines = createPeerDeadlines(clock, destroy);
  let isOver = false;
  let inFlight = 0;
  let invalidMessages = 0;

  const isBusy = () => isOver || inFlight >= MAX_IN_FLIGHT || stream.writableNeedDrain;
  const startViews = () => (isOver ? undefined : views.start());
  const mayTake = () => !isBusy() && pacer.mayTake();

  /** Takes as many messages as may be handled now, and reads on when it could take all that came. */
  function pump(): void {
    while (reader.hasLine() && mayTake()) takeLine();
    if (isOver) return;
    if (reader.isTooLong()) return closeWithError(null, "too-long", "A message is too long.");
    if (reader.hasPart()) deadlines.message.start();
    else deadlines.message.clear();
    if (reader.hasLine()) stream.pause();
    else stream.resume();
  }

  function takeLine(): void {
    pacer.take();
    deadlines.message.clear();
    deadlines.silence.restart();
    const line = reader.next();
    if (line === null) return closeWithError(null, "malformed", "A message is too long or not valid UTF-8.");
    const read = readRequest(line);
    if (read.kind === "request") return void handle(read);
    invalidMessages += 1;
    if (invalidMessages < MAX_INVALID_MESSAGES) return write(writeError(read.id, read.code, read.message));
    closeWithError(read.id, read.code, read.message);
  }

  async function handle(read: ValidRequest): Promise<void> {
    inFlight += 1;
    write(await answerLine(read, deps, startViews));
    inFlight -= 1;
    pump();
  }

  function write(line: string): void {
    if (!isOver && !stream.write(line)) deadlines.read.start();
  }

  function closeWithError(id: number | null, code: LocalErrorCode, message: string): void {
    finish();
    deadlines.read.start();
    stream.end(writeError(id, code, message), destroy);
  }

  function finish(): void {
    isOver = true;
    for (const deadline of Object.values(deadlines)) deadline.clear();
    views.stop();
    pacer.stop();
  }

  function drained(): void {
    deadlines.read.clear();
    views.flush();
    pump();
  }

  // What goes wrong with a stream also closes it.
  stream.on("error", destroy).on("end", destroy).on("close", finish).on("drain", drained);
  stream.on("data", (chunk: Buffer) => {
    if (isOver) return;
    reader.push(chunk);
    pump();
  });
  deadlines.silence.start();
  pump();
}

/** Paces the requests of one connection. `resume` is called when the next one may be taken. */
function createPacer(clock: Clock, resume: () => void) {
  const allowance = createAllowance(clock, REQUEST_BURST, REQUEST_EVERY_MS);
  let cancelWait: Cancel | null = null;
  return {
    mayTake(): boolean {
      const waitMs = allowance.waitMs();
      if (waitMs === 0) return true;
      cancelWait ??= clock.after(waitMs, () => {
        cancelWait = null;
        resume();
      });
      return false;
    },
    take: () => allowance.take(),
    stop: () => cancelWait?.(),
  };
}

function createPeerDeadlines(clock: Clock, passed: () => void) {
  return {
    message: createDeadline(clock, MESSAGE_TIMEOUT_MS, passed),
    read: createDeadline(clock, READ_TIMEOUT_MS, passed),
    silence: createDeadline(clock, SILENCE_TIMEOUT_MS, passed),
  };
}

type ValidRequest = Extract<ReadRequest, { kind: "request" }>;

/** The line that answers a request. `watched` is called once the answer to `watch` is there. */
async function answerLine(
  { id, request }: ValidRequest,
  { agent, costlyRequests }: PeerDeps,
  watched: () => void,
): Promise<string> {
  try {
    if (isCostly(request)) takeCostly(costlyRequests);
    const answer = await answerRequest(agent, request);
    if (request.verb === "watch") watched();
    return writeAnswer(id, answer);
  } catch (error) {
    return writeError(id, "failed", messageOf(error));
  }
}

function takeCostly(allowance: Allowance): void {
  if (allowance.waitMs() > 0)
    throw new Error("Too many requests from this user. Wait a moment and try again.");
  allowance.take();
}
