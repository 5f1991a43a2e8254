import type { Transaction } from "kysely";
import type { MakeId } from "../../../platform/crypto/ids.ts";
import type { Store } from "../../../platform/database/store.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import type { Logger } from "../../../platform/logging/logger.ts";
import type { SendResult } from "../channels/outgoing-message.ts";
import type { DeliveryRow, MessageRow } from "../notifications.tables.ts";
import {
  dropDeliveries,
  finishAttempt,
  insertAttempt,
  readDeliveriesOf,
  takeMessage,
} from "./outbox.system-repository.ts";
import { retryDelayMs } from "./retry-delay.ts";

/** Longer than any attempt may take in all, so that a message is never taken while it is still being sent. */
export const LEASE_MS = 120_000;
/** Within this an attempt has to end. */
export const ATTEMPT_TIMEOUT_MS = 60_000;

/** Points at which tests kill the process. */
export const OUTBOX_FAULT_POINTS = ["taken", "answered", "recorded"] as const;
export type OutboxFaultPoint = (typeof OUTBOX_FAULT_POINTS)[number];

/** What is to be sent, or nothing; and the deliveries that nobody needs any more. */
export type PreparedMessage = {
  unneeded: readonly string[];
  /** Null when nothing is left to send. */
  send: ((signal: AbortSignal) => Promise<SendResult>) | null;
  /** Called in the transaction that records the result. */
  onResult?: (tx: Transaction<Tables>, result: SendResult) => Promise<void>;
};

export type PrepareMessage = (
  message: MessageRow,
  deliveries: readonly DeliveryRow[],
) => Promise<PreparedMessage>;

/** Makes one attempt to send a message, if this server gets it. */
export type SendMessage = (messageId: string, stopping: AbortSignal) => Promise<void>;

/** Tried again like every other failure, so that a message that always fails is given up some day. */
const NOT_HANDLED: SendResult = {
  outcome: "retry",
  status: null,
  answer: "The message could not be prepared. The log of the server says why.",
  retryAfter: null,
};

type Attempt = Pick<PreparedMessage, "unneeded" | "onResult"> & { result: SendResult | null };

type Deps = {
  store: Store;
  now: () => number;
  makeId: MakeId;
  log: Logger;
  random: () => number;
  prepareMessage: PrepareMessage;
  atFaultPoint?: (point: OutboxFaultPoint) => void;
};

/**
 * Creates the function that sends: take with a lease, send, record. A server that is killed in between loses its lease, and the message is
 * sent again under the same id.
 */
export function createSendMessage(deps: Deps): SendMessage {
  const { store, now, makeId, log, random, prepareMessage, atFaultPoint } = deps;

  /** The result is null when nothing is left to send. */
  async function attempt(message: MessageRow, stopping: AbortSignal): Promise<Attempt> {
    try {
      const deliveries = await readDeliveriesOf(store.read, message.id);
      const { send, ...prepared } = await prepareMessage(message, deliveries);
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]);
      return { ...prepared, result: send && (await send(signal)) };
    } catch (error) {
      log.error({ err: error, messageId: message.id }, "A notification could not be prepared.");
      return { unneeded: [], result: NOT_HANDLED };
    }
  }

  async function record(
    message: MessageRow,
    startedAt: number,
    { result, unneeded, onResult }: { result: SendResult } & Pick<PreparedMessage, "unneeded" | "onResult">,
  ): Promise<void> {
    const at = now();
    await store.transaction(async (tx) => {
      await dropDeliveries(tx, unneeded);
      await insertAttempt(tx, {
        id: makeId(),
        org_id: message.org_id,
        message_id: message.id,
        at: startedAt,
        duration_ms: Math.max(0, at - startedAt),
        outcome: result.outcome,
        status: result.status,
        answer: result.answer,
      });
      if (await finishAttempt(tx, message, endOf(message, result, at))) await onResult?.(tx, result);
    });
  }

  function endOf({ attempts, give_up_at }: MessageRow, { outcome, retryAfter }: SendResult, at: number) {
    if (outcome === "sent") return { state: "sent", due_at: at, ended_at: at } as const;
    const nextAt = at + retryDelayMs(attempts, random(), retryAfter);
    return outcome === "failed" || nextAt > give_up_at
      ? ({ state: "failed", due_at: at, ended_at: at } as const)
      : ({ state: "waiting", due_at: nextAt, ended_at: null } as const);
  }

  return async (messageId, stopping) => {
    const lease = { token: makeId(), until: now() + LEASE_MS };
    const message = await store.transaction((tx) => takeMessage(tx, messageId, now(), lease));
    if (!message) return;
    atFaultPoint?.("taken");
    const startedAt = now();
    const { result, unneeded, onResult } = await attempt(message, stopping);
    if (result === null) {
      await store.transaction(async (tx) => {
        await dropDeliveries(tx, unneeded);
        await finishAttempt(tx, message, { state: "dropped", due_at: now(), ended_at: now() });
      });
      return;
    }
    atFaultPoint?.("answered");
    await record(message, startedAt, { result, unneeded, ...(onResult && { onResult }) });
    atFaultPoint?.("recorded");
  };
}
