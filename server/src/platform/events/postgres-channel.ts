import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "../logging/logger.ts";

const CHANNEL = "muster_hints";
const MIN_RECONNECT_WAIT_MS = 250;
const MAX_RECONNECT_WAIT_MS = 10_000;

/** LISTEN and NOTIFY on a connection of its own. */
export type PostgresChannel = {
  /** Sends a payload to all servers, this one included. Does nothing while the connection is lost. */
  send(payload: string): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  url: string;
  log: Logger;
  onPayload(payload: string): void;
  /** The connection was lost and is back: payloads may be missing. */
  onReconnect(): void;
};

/** Opens the channel and keeps it open, with growing waits between attempts. Throws when the first connection fails. */
export async function openPostgresChannel(options: Options): Promise<PostgresChannel> {
  const { url, log, onPayload, onReconnect } = options;
  const stop = new AbortController();
  let connection: pg.Client | null = await connect();
  let reconnecting: Promise<void> | null = null;

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: url,
      application_name: "muster events",
      keepAlive: true,
    });
    client.on("error", () => connectionLost(client));
    client.on("end", () => connectionLost(client));
    client.on("notification", ({ payload = "" }) => onPayload(payload));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    return client;
  }

  function connectionLost(client: pg.Client): void {
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
    onReconnect();
  }

  return {
    async send(payload) {
      await connection?.query("select pg_notify($1, $2)", [CHANNEL, payload]);
    },
    async close() {
      stop.abort();
      await reconnecting;
      await connection?.end();
    },
  };
}
