import { randomUUID } from "node:crypto";
import type { Logger } from "../logging/logger.ts";
import type { EventBus, Hint } from "./event-bus.ts";
import { createHintListeners } from "./hint-listeners.ts";
import { readHint, writeHint } from "./hint-message.ts";
import { createPendingHints } from "./pending-hints.ts";
import { openPostgresChannel } from "./postgres-channel.ts";

const SEND_INTERVAL_MS = 1000;

/**
 * The bus of servers that share a PostgreSQL database. After a lost connection, listeners are told that hints may be missing.
 * Throws when the first connection fails.
 */
export async function createPostgresEventBus({ url, log }: { url: string; log: Logger }): Promise<EventBus> {
  const serverId = randomUUID();
  const listeners = createHintListeners(log);
  const channel = await openPostgresChannel({
    url,
    log,
    onPayload: receive,
    onReconnect: listeners.notifyResync,
  });
  const pending = createPendingHints({ intervalMs: SEND_INTERVAL_MS, send: (hint) => void send(hint) });

  function receive(payload: string): void {
    const message = readHint(payload);
    if (!message || message.from === serverId) return;
    if ("resync" in message) listeners.notifyResync();
    else listeners.notify(message.hint);
  }

  async function send(hint: Hint): Promise<void> {
    for (const payload of writeHint(serverId, hint)) {
      try {
        await channel.send(payload);
      } catch (error) {
        // Hints may be lost: the other servers resync when their connection is back, or see the change at their next read.
        log.warn({ err: error, topic: hint.topic }, "A hint did not reach the other servers");
        return;
      }
    }
  }

  return {
    publish(hint) {
      listeners.notify(hint);
      pending.add(hint);
    },
    subscribe: listeners.subscribe,
    onResync: listeners.onResync,
    positionOf: listeners.positionOf,
    since: listeners.since,
    async close() {
      pending.close();
      await channel.close();
    },
  };
}
