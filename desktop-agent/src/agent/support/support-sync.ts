import type { DeviceSupport } from "@muster/shared/contracts/device-support.ts";
import type { Clock } from "../../platform/ports.ts";
import type { SupportClient } from "../../transport/support-client.ts";
import { type Log, messageOf } from "../log.ts";
import { type Outgoing, type Refused, requestIdOf, sendOutgoing } from "./outgoing.ts";
import type { SupportStore } from "./support-store.ts";

/** Without any hint the server is read again after this time. */
const READ_EVERY_MS = 15 * 60_000;
/** Several servers of one database may announce the same change by different values. */
const KNOWN_CHANGES = 8;
const MAX_REFUSED = 20;

export type SupportSync = {
  /** A report was delivered; `changedAt` is what its answer announced. */
  serverReached(changedAt: number | undefined): void;
  /** Sends what waits, then reads. */
  run(): Promise<void>;
  stop(): Promise<void>;
};

type Deps = {
  client: SupportClient;
  store: SupportStore;
  clock: Clock;
  log: Log;
  /** Something differs for the local users. */
  changed: () => void;
};

/** Keeps what this device knows of IT, and what IT knows of its users, in line with the server. */
export function createSupportSync({ client, store, clock, log, changed }: Deps): SupportSync {
  const giveUp = new AbortController();
  const knownChanges: number[] = [];
  let readAtMs = -Infinity;
  let running: Promise<void> | null = null;
  let runsAgain = false;

  /** False when the server was not reached. */
  async function sendAll(): Promise<boolean> {
    for (let next = store.now().outgoing[0]; next !== undefined; next = store.now().outgoing[0]) {
      const outcome = await sendOutgoing(client, next, giveUp.signal);
      if (outcome.kind !== "taken" && outcome.kind !== "refused") return false;
      readAtMs = -Infinity;
      const done = next;
      await store.change(({ outgoing, sent, refused }) => ({
        outgoing: outgoing.filter((one) => one !== done),
        ...(outcome.kind === "taken"
          ? { sent: [...sent, done] }
          : { refused: refusedWith(refused, done, outcome.reason) }),
      }));
      changed();
    }
    return true;
  }

  function refusedWith(refused: readonly Refused[], outgoing: Outgoing, reason: string): readonly Refused[] {
    log.warn(
      `The server does not take what a local user sent about help request ${requestIdOf(outgoing)}: ${reason}`,
    );
    if (outgoing.kind !== "ask" && outgoing.kind !== "reply") return refused;
    return [...refused, { what: outgoing, reason }].slice(-MAX_REFUSED);
  }

  async function read(): Promise<void> {
    const outcome = await client.read(store.now().known?.version ?? null, giveUp.signal);
    if (outcome.kind === "not-sent" || outcome.kind === "unknown") return;
    readAtMs = clock.monotonicMs();
    if (outcome.kind === "refused") log.debug(`Alarms and help requests were not read: ${outcome.reason}`);
    if (outcome.kind === "unchanged" && store.now().sent.length > 0) await store.change(() => ({ sent: [] }));
    if (outcome.kind !== "read") return;
    const { support } = outcome;
    await store.change(({ known, outgoing }) => ({
      known: support,
      sent: [],
      outgoing: [...outgoing, ...deliveryReceipts(known, support)],
    }));
    changed();
    if (store.now().outgoing.length > 0) await sendAll();
  }

  async function synchronize(): Promise<void> {
    try {
      do {
        runsAgain = false;
        if ((await sendAll()) && isDue()) await read();
      } while (runsAgain && !giveUp.signal.aborted);
    } catch (error) {
      log.warn(`Help requests were not synchronized: ${messageOf(error)}`);
    } finally {
      // Here and not when the promise settles: a call in between would be lost.
      running = null;
    }
  }

  const isDue = () => clock.monotonicMs() - readAtMs >= READ_EVERY_MS;

  function run(): Promise<void> {
    runsAgain = true;
    running ??= synchronize();
    return running;
  }

  return {
    serverReached(changedAt) {
      if (changedAt !== undefined && !knownChanges.includes(changedAt)) {
        knownChanges.push(changedAt);
        if (knownChanges.length > KNOWN_CHANGES) knownChanges.shift();
        readAtMs = -Infinity;
      }
      if (isDue() || store.now().outgoing.length > 0) void run();
    },
    run,
    async stop() {
      giveUp.abort();
      await running;
    },
  };
}

/** Says of answers that are new here that they have arrived. */
function deliveryReceipts(before: DeviceSupport | null, now: DeviceSupport): Outgoing[] {
  const known = new Set((before?.requests ?? []).flatMap(({ messages }) => messages.map(({ id }) => id)));
  return now.requests.flatMap(({ id, messages }): Outgoing[] => {
    const delivered = messages
      .filter((message) => message.isFromIt && !message.isRead && !known.has(message.id))
      .map((message) => message.id);
    return delivered.length === 0
      ? []
      : [{ kind: "receipts", requestId: id, receipts: { delivered, read: [] } }];
  });
}
