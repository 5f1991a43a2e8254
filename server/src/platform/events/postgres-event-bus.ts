import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "../logging/logger.ts";
import type { EventBus, Hint } from "./event-bus.ts";
import { createHintListeners } from "./hint-listeners.ts";
import { readHint, writeHint } from "./hint-message.ts";
import { createPendingHints } from "./pending-hints.ts";

const CHANNEL = "muster_hints";
const SEND_INTERVAL_MS = 1000;
const MIN_RECONNECT_WAIT_MS = 250;
const MAX_RECONNECT_WAIT_MS = 10_000;

/**
 * The bus of servers that share a PostgreSQL: LISTEN and NOTIFY on a connection of its own. When that breaks it is opened
 * again, ever more slowly, and listeners are told that hints may be missing. Throws when it cannot be opened at first.
 */
export async function createPostgresEventBus({ url, log }: { url: string; log: Logger }): Promise<EventBus> {
  const from = randomUUID();
  const listeners = createHintListeners(log);
  const stop = new AbortController();
  let connection: pg.Client | null = await connect();
  let reconnecting: Promise<void> | null = null;
  const pending = createPendingHints({ intervalMs: SEND_INTERVAL_MS, send: (hint) => void notify(hint) });

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: url,
      application_name: "muster events",
      keepAlive: true,
    });
    client.on("error", () => lose(client));
    client.on("end", () => lose(client));
    client.on("notification", ({ payload = "" }) => hear(payload));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    return client;
  }

  function hear(payload: string): void {
    const message = readHint(payload);
    if (!message || message.from === from) return;
    if ("resync" in message) listeners.notifyResync();
    else listeners.notify(message.hint);
  }

  async function notify(hint: Hint): Promise<void> {
    for (const payload of writeHint(from, hint)) {
      try {
        await connection?.query("select pg_notify($1, $2)", [CHANNEL, payload]);
      } catch (error) {
        // Lost like any hint: the others resync when their connection comes back, or see it at their next read.
        log.warn({ err: error, topic: hint.topic }, "A hint did not reach the other servers");
        return;
      }
    }
  }

  function lose(client: pg.Client): void {
    if (client !== connection || stop.signal.aborted) return;
    connection = null;
    log.warn("Lost the connection for events: hints from other servers are missing until it is back");
    reconnecting ??= reconnect().finally(() => {
      reconnecting = null;
    });
  }

  async function reconnect(): Promise<void> {
    let waitMs = MIN_RECONNECT_WAIT_MS;
    while (!connection && !stop.signal.aborted) {
      try {
        await wait(waitMs * (0.5 + Math.random() / 2), undefined, { signal: stop.signal });
        connection = await connect();
      } catch (error) {
        log.debug({ err: error }, "The connection for events is not back yet");
        waitMs = Math.min(MAX_RECONNECT_WAIT_MS, waitMs * 2);
      }
    }
    if (stop.signal.aborted) return;
    log.info("The connection for events is back");
    listeners.notifyResync();
  }

  return {
    publish(hint) {
      listeners.notify(hint);
      pending.add(hint);
    },
    subscribe: listeners.subscribe,
    onResync: listeners.onResync,
    async close() {
      stop.abort();
      pending.close();
      await reconnecting;
      await connection?.end();
    },
  };
}
