import type { TicketType } from "@muster/shared/alarms/channels/catalog.ts";
import type { GuardedClient } from "../../../platform/http-client/guarded-client.ts";
import type { Store } from "../../../platform/database/store.ts";
import { MAX_LISTED_EVENTS, messageTextOf, plainTextOf } from "../channels/message-text.ts";
import type { MessageEvent, OutgoingMessage, SendResult } from "../channels/outgoing-message.ts";
import type { ChannelRow, TicketRow } from "../notifications.tables.ts";
import { referenceOf } from "./ticket-reference.ts";
import { readTicketsOfChannel, writeTicket } from "./ticket.repository.ts";
import {
  createCallJson,
  type Ticket,
  type TicketChange,
  TicketError,
  TicketGone,
  type TicketSystem,
} from "./ticket-system.ts";
import { openTicketSystem } from "./ticket-systems.ts";

export type SendTickets = (
  channel: ChannelRow & { type: TicketType },
  given: { settings: Record<string, unknown>; hidden: readonly string[]; message: OutgoingMessage },
  signal: AbortSignal,
) => Promise<SendResult>;

/**
 * Tells events of alarms to a system of tickets: the first one of an alarm opens its ticket, the others are notes. What was told is stored
 * event by event, so that an attempt that is repeated goes on where the last one ended. A ticket that may have been made by an attempt that was
 * not recorded is looked for by its reference.
 */
export function createSendTickets({ store, client }: { store: Store; client: GuardedClient }): SendTickets {
  return async (channel, { settings, hidden, message }, signal) => {
    const system = openTicketSystem(channel.type, settings, createCallJson(client, { signal, hidden }));
    try {
      if (message.testOf !== null) {
        await system.check();
        return sent("The access works. A test opens no ticket.");
      }
      const keys = await tellAll(store, system, {
        channel,
        message,
        closes: settings["whenOver"] !== "note",
      });
      return sent(keys.length > 0 ? `Tickets: ${keys.join(", ")}` : "");
    } catch (error) {
      if (error instanceof TicketError) return error.result;
      throw error;
    } finally {
      await system.close?.();
    }
  };
}

type Telling = { channel: ChannelRow; message: OutgoingMessage; closes: boolean };

/** Returns the keys of the tickets, each once. */
async function tellAll(store: Store, system: TicketSystem, telling: Telling): Promise<string[]> {
  const { channel, message } = telling;
  const alarmIds = [...new Set(message.events.map(({ alarm }) => alarm.id))];
  const known = await readTicketsOfChannel(store.read, channel.id, alarmIds);
  const keys = new Set<string>();
  async function keep(event: MessageEvent, ticket: Ticket, isShared: boolean): Promise<void> {
    const row: TicketRow = {
      alarm_id: event.alarm.id,
      channel_id: channel.id,
      org_id: channel.org_id,
      ticket_id: ticket.id,
      key: ticket.key,
      is_shared: isShared ? 1 : 0,
      last_event: event.eventNumber,
    };
    await store.transaction((tx) => writeTicket(tx, row));
    known.set(row.alarm_id, row);
    keys.add(row.key);
  }
  const begun = message.events.filter(({ kind, alarm }) => kind !== "ended" && !known.has(alarm.id));
  // A flood of alarms is one ticket.
  if (begun.length > MAX_LISTED_EVENTS) {
    const ticket = await openTicket(system, referenceOf(message.id), message);
    for (const event of begun) await keep(event, ticket, true);
  }
  for (const event of message.events) {
    const row = known.get(event.alarm.id);
    if (row && row.last_event >= event.eventNumber && event.kind !== "reminder") {
      keys.add(row.key);
      continue;
    }
    const own = { ...message, events: [event] };
    if (row && (await addNote(system, row, own, { event, closes: telling.closes }))) {
      await keep(event, { id: row.ticket_id, key: row.key }, row.is_shared === 1);
      continue;
    }
    // Nobody needs a ticket about what is over.
    if (event.kind === "ended") continue;
    const reference = referenceOf(event.alarm.id, row ? event.eventNumber : null);
    await keep(event, await openTicket(system, reference, own), false);
  }
  return [...keys];
}

/** False when the ticket is gone. */
async function addNote(
  system: TicketSystem,
  row: TicketRow,
  message: OutgoingMessage,
  { event, closes }: { event: MessageEvent; closes: boolean },
): Promise<boolean> {
  const change: TicketChange = row.is_shared === 1 || !closes ? "none" : (CHANGES[event.kind] ?? "none");
  try {
    await system.note({ id: row.ticket_id, key: row.key }, textOf(message), change);
    return true;
  } catch (error) {
    if (error instanceof TicketGone) return false;
    throw error;
  }
}

const CHANGES: Partial<Record<MessageEvent["kind"], TicketChange>> = { ended: "close", reopened: "reopen" };

async function openTicket(
  system: TicketSystem,
  reference: string,
  message: OutgoingMessage,
): Promise<Ticket> {
  const severities = message.events.map(({ severity }) => severity);
  const severity = (["critical", "warning"] as const).find((one) => severities.includes(one)) ?? "info";
  const { title } = messageTextOf(message);
  return (
    (await system.find(reference)) ??
    (await system.create({ reference, title, text: textOf(message), severity }))
  );
}

/** The text of a message, and where its first alarm is. */
function textOf(message: OutgoingMessage): string {
  const [first] = message.events;
  const link = first ? `${message.publicUrl}/alarms/${first.alarm.id}` : message.publicUrl;
  return `${plainTextOf(messageTextOf(message))}\n\n${link}`;
}

function sent(answer: string): SendResult {
  return { outcome: "sent", status: null, answer: answer.slice(0, 200), retryAfter: null };
}
