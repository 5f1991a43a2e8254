import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { GuardedClient, GuardedRequest } from "../../../platform/http-client/guarded-client.ts";
import { GuardedRequestError } from "../../../platform/http-client/guarded-request-error.ts";
import { resultOf } from "../channels/http-channel.ts";
import type { SendResult } from "../channels/outgoing-message.ts";

/** A ticket: what its system calls it in addresses, and what people call it. */
export type Ticket = { id: string; key: string };

export type NewTicket = {
  /** Unique to the alarm, in letters, digits and hyphens: the ticket is found by it when nobody knows whether it was made. */
  reference: string;
  title: string;
  /** Plain text of several lines. */
  text: string;
  severity: AlarmSeverity;
};

/** What a note does to its ticket beside being added. */
export type TicketChange = "none" | "close" | "reopen";

/** A system that keeps tickets. Every function throws `TicketError`. */
export type TicketSystem = {
  find(reference: string): Promise<Ticket | null>;
  create(ticket: NewTicket): Promise<Ticket>;
  /** Throws `TicketGone` for a ticket that there is not any more, or that takes no notes. */
  note(ticket: Ticket, text: string, change: TicketChange): Promise<void>;
  /** Reads something that needs the rights of the token, and changes nothing. */
  check(): Promise<void>;
  /** Called after the last request, whatever happened. */
  close?(): Promise<void>;
};

/** A request was not accepted. */
export class TicketError extends Error {
  readonly result: SendResult;
  constructor(result: SendResult) {
    super(result.answer);
    this.name = "TicketError";
    this.result = result;
  }
}

/** The ticket was deleted, or is closed for good. */
export class TicketGone extends TicketError {}

/** Sends a request and reads the JSON of its answer; undefined for none. Throws `TicketError` for any status but 2xx. */
export type CallJson = (request: Omit<GuardedRequest, "signal" | "hidden">) => Promise<unknown>;

export function createCallJson(
  client: GuardedClient,
  given: { signal: AbortSignal; hidden: readonly string[] },
): CallJson {
  return async (request) => {
    const answer = await client.send({ ...request, ...given }).catch((error: unknown) => {
      if (!(error instanceof GuardedRequestError)) throw error;
      const outcome = error.code === "invalid-url" ? "failed" : "retry";
      throw new TicketError({ outcome, status: null, answer: error.message, retryAfter: null });
    });
    const result = resultOf(answer);
    if (result.outcome !== "sent") throw new TicketError(result);
    return parsed(answer.body);
  };
}

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    throw new TicketError({ ...UNREADABLE });
  }
}

const UNREADABLE: SendResult = {
  outcome: "retry",
  status: null,
  answer: "The answer is not in the documented form.",
  retryAfter: null,
};

/** Names of other systems are shown and put into addresses, so that only plain ones are taken. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/;

/** Throws `TicketError` for an answer that names no ticket. */
export function ticketOf(id: unknown, key: unknown): Ticket {
  const ticket = { id: String(id), key: String(key) };
  if (!PLAIN.test(ticket.id) || !PLAIN.test(ticket.key)) throw new TicketError({ ...UNREADABLE });
  return ticket;
}

/** Turns the refusal of a note into `TicketGone` when it says that the ticket is not there or takes none. */
export async function unlessGone<Result>(
  statuses: readonly number[],
  work: Promise<Result>,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TicketError && statuses.includes(error.result.status ?? 0))
      throw new TicketGone(error.result);
    throw error;
  }
}
