import type { Duplex } from "node:stream";
import type { LocalAgent } from "../local-agent.ts";
import { createAllowance, createCostlyRequestAllowance } from "./peer-limits.ts";
import { servePeer } from "./serve-peer.ts";
import { writeError } from "./answers.ts";
import type { Clock } from "../../platform/ports.ts";

/** Connections of one user at the same time: their tray, and other tools. */
export const MAX_CONNECTIONS = 4;
/** Connections without a wait, and milliseconds between those after them. */
const BURST = 20;
const EVERY_MS = 1_000;

export type UserChannel = {
  accept(stream: Duplex): void;
  /** Ends every connection. */
  close(): void;
};

/** All connections of one user. `openAgent` is called for the first, and its result is closed after the last. */
export function createUserChannel(clock: Clock, openAgent: () => Promise<LocalAgent>): UserChannel {
  const connections = new Set<Duplex>();
  const allowance = createAllowance(clock, BURST, EVERY_MS);
  const costlyRequests = createCostlyRequestAllowance(clock);
  let agent: Promise<LocalAgent> | null = null;

  function serve(stream: Duplex): void {
    connections.add(stream);
    const opening = (agent ??= openAgent());
    stream.on("error", () => undefined).on("close", () => void ended(stream, opening));
    opening.then(
      (opened) => {
        if (!stream.destroyed) servePeer(stream, { clock, agent: opened, costlyRequests });
      },
      // Who connects again makes the engine try again.
      () => stream.destroy(),
    );
  }

  async function ended(stream: Duplex, opened: Promise<LocalAgent>): Promise<void> {
    connections.delete(stream);
    if (connections.size > 0) return;
    agent = null;
    const closing = await opened.catch(() => null);
    closing?.close();
  }

  return {
    accept(stream) {
      if (connections.size >= MAX_CONNECTIONS || allowance.waitMs() > 0) return turnAway(stream);
      allowance.take();
      serve(stream);
    },
    close() {
      for (const stream of connections) stream.destroy();
    },
  };
}

function turnAway(stream: Duplex): void {
  const line = writeError(null, "too-many-connections", "This person has enough connections.");
  stream.on("error", () => undefined).end(line, () => stream.destroy());
}
