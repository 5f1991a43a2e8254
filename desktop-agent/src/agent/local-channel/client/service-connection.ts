import type { Duplex } from "node:stream";
import { LocalMessage, type LocalRequest, type LocalView } from "@muster/shared/contracts/local-agent.ts";
import { LOCAL_PROTOCOL_VERSION, MAX_LOCAL_ANSWER_BYTES } from "@muster/shared/protocol/local-protocol.ts";
import type { z } from "zod";
import type { Cancel, Clock } from "../../../platform/ports.ts";
import { createLineReader } from "../line-reader.ts";

/** An answer that does not come within this time will not come; the longest asks the server. */
export const ANSWER_TIMEOUT_MS = 45_000;

export type ServiceConnection = {
  /** Rejects when the service refuses, answers something else, or the connection ends. It ends when no answer comes in time. */
  ask<Schema extends z.ZodType>(
    request: LocalRequest,
    answer: Schema,
    limitMs?: number,
  ): Promise<z.output<Schema>>;
  /** Resolves with the reason when the connection has ended, whoever ended it. */
  ended: Promise<string>;
  end(reason: string): void;
};

type Waiting = { take: (answer: unknown) => void; fail: (reason: string) => void };

/** Speaks the local protocol on one connection. What is not of the protocol ends it. */
export function openServiceConnection(
  stream: Duplex,
  { clock, viewed }: { clock: Clock; viewed: (view: LocalView) => void },
): ServiceConnection {
  const reader = createLineReader(MAX_LOCAL_ANSWER_BYTES);
  const waiting = new Map<number, Waiting>();
  const ended = Promise.withResolvers<string>();
  let asked = 0;
  let isOver = false;

  function end(reason: string): void {
    if (isOver) return;
    isOver = true;
    stream.destroy();
    for (const { fail } of waiting.values()) fail(reason);
    waiting.clear();
    ended.resolve(reason);
  }

  function takeLines(): void {
    while (!isOver && reader.hasLine()) takeLine(reader.next());
    if (reader.isTooLong()) end("The service sent a message that is too long.");
  }

  function takeLine(line: string | null): void {
    const message = readMessage(line);
    if (message === null) return end("The service sent something that is not part of the local protocol.");
    if ("view" in message) return viewed(message.view);
    const found = message.id === null ? undefined : waiting.get(message.id);
    if ("refused" in message) {
      const { message: reason } = message.refused;
      return found ? found.fail(reason) : end(reason);
    }
    found?.take(message.answer);
  }

  async function ask<Schema extends z.ZodType>(
    request: LocalRequest,
    answer: Schema,
    limitMs = ANSWER_TIMEOUT_MS,
  ) {
    if (isOver) throw new Error("The service is not reached.");
    const id = ++asked;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const fail = (reason: string) => reject(new Error(reason));
    const cancel: Cancel = clock.after(limitMs, () => end("The service does not answer."));
    waiting.set(id, { take: resolve, fail });
    stream.write(`${JSON.stringify({ v: LOCAL_PROTOCOL_VERSION, id, ...request })}\n`);
    try {
      return answer.parse(await promise);
    } finally {
      cancel();
      waiting.delete(id);
    }
  }

  stream.on("error", (error) => end(error.message));
  for (const event of ["end", "close"]) stream.on(event, () => end("The service has closed the connection."));
  stream.on("data", (chunk: Buffer) => {
    reader.push(chunk);
    takeLines();
  });
  stream.resume();
  return { ask, ended: ended.promise, end };
}

function readMessage(line: string | null): LocalMessage | null {
  if (line === null) return null;
  try {
    return LocalMessage.parse(JSON.parse(line));
  } catch {
    return null; // It ends the connection.
  }
}
