import type { Logger } from "../../../platform/logging/logger.ts";
import type { Store } from "../../../platform/database/store.ts";
import { type DueChannel, readDueChannels, readDueMessages } from "./outbox.system-repository.ts";
import type { SendMessage } from "./send-message.ts";

const MAX_PER_CHANNEL = 2;
const MAX_PER_ORGANIZATION = 8;
const MAX_IN_ALL = 32;
const MAX_CHANNELS_PER_LOOK = 200;
const STOP_GRACE_MS = 5_000;

export type OutboxWorker = {
  /** Begins to send what is due, as far as there is room; what ends makes room for the next. */
  look(): Promise<void>;
  /** Sends everything that is due, and waits for it. */
  drain(): Promise<void>;
  /** Takes no more messages and waits for those that are being sent. */
  stop(): Promise<void>;
  /** Messages that are being sent. */
  readonly size: number;
};

type Deps = {
  store: Store;
  now: () => number;
  log: Logger;
  sendMessage: SendMessage;
};

/** Sends due messages. Each server has one; a message is taken by one of them. The work is bounded per channel, organization and server. */
export function createOutboxWorker({ store, now, log, sendMessage }: Deps): OutboxWorker {
  const running = new Set<Promise<void>>();
  const sending = new Set<string>();
  const counts = new Map<string, number>();
  /** Ends attempts that go on after the grace of `stop`. */
  const aborting = new AbortController();
  let isStopping = false;
  let looking: Promise<void> | null = null;
  let isLookWanted = false;

  function roomFor({ org_id, channel_id }: DueChannel): number {
    return Math.min(
      MAX_PER_CHANNEL - (counts.get(`${org_id} ${channel_id}`) ?? 0),
      MAX_PER_ORGANIZATION - (counts.get(org_id) ?? 0),
      MAX_IN_ALL - running.size,
    );
  }

  function count({ org_id, channel_id }: DueChannel, change: number): void {
    for (const key of [org_id, `${org_id} ${channel_id}`]) {
      const changed = (counts.get(key) ?? 0) + change;
      if (changed === 0) counts.delete(key);
      else counts.set(key, changed);
    }
  }

  function begin(channel: DueChannel, messageId: string): void {
    count(channel, 1);
    sending.add(messageId);
    const run = sendMessage(messageId, aborting.signal)
      .catch((error: unknown) => {
        // The lease ends, and the message is due again.
        log.error({ err: error, messageId }, "A notification could not be handled.");
      })
      .finally(() => {
        count(channel, -1);
        sending.delete(messageId);
        running.delete(run);
        if (!isStopping) void look().catch((error: unknown) => logLook(error));
      });
    running.add(run);
  }

  function logLook(error: unknown): void {
    log.error({ err: error }, "Due notifications could not be read. They are read again soon.");
  }

  async function lookOnce(): Promise<void> {
    // Their channels must not hide those of others behind the limit.
    const busyOrgs = [...counts].flatMap(([key, size]) => (size >= MAX_PER_ORGANIZATION ? [key] : []));
    const wanted = { busyOrgs, limit: MAX_CHANNELS_PER_LOOK };
    for (const channel of await readDueChannels(store.read, now(), wanted)) {
      if (isStopping || running.size >= MAX_IN_ALL) return;
      if (roomFor(channel) <= 0) continue;
      const limit = MAX_PER_CHANNEL * 2;
      const due = await readDueMessages(store.read, channel, now(), limit);
      for (const id of due.filter((messageId) => !sending.has(messageId)).slice(0, roomFor(channel)))
        begin(channel, id);
    }
  }

  /** One look at a time; a request for another one during it is remembered. */
  function look(): Promise<void> {
    isLookWanted = true;
    looking ??= (async () => {
      try {
        while (isLookWanted && !isStopping) {
          isLookWanted = false;
          await lookOnce();
        }
      } finally {
        looking = null;
      }
    })();
    return looking;
  }

  return {
    look,
    async drain() {
      await look();
      while (running.size > 0) {
        await Promise.all(running);
        await look();
      }
    },
    async stop() {
      isStopping = true;
      await looking?.catch(logLook);
      const grace = setTimeout(() => aborting.abort(), STOP_GRACE_MS);
      await Promise.all(running);
      clearTimeout(grace);
    },
    get size() {
      return running.size;
    },
  };
}
