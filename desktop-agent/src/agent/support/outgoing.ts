import type {
  HelpReceipts,
  NewDeviceHelpMessage,
  NewHelpRequest,
} from "@muster/shared/contracts/device-support.ts";
import type { StatementOutcome } from "../../transport/action-client.ts";
import type { SupportClient } from "../../transport/support-client.ts";

/** What the server has not received yet. Sent in its order. */
export type Outgoing =
  | { kind: "ask"; request: NewHelpRequest }
  | { kind: "reply"; requestId: string; user: string; message: NewDeviceHelpMessage; atMs: number }
  | { kind: "close"; requestId: string }
  | { kind: "receipts"; requestId: string; receipts: HelpReceipts };

/** What a local user wrote and the server does not take. */
export type Refused = { what: Extract<Outgoing, { kind: "ask" | "reply" }>; reason: string };

export function sendOutgoing(
  client: SupportClient,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<StatementOutcome> {
  switch (outgoing.kind) {
    case "ask":
      return client.ask(outgoing.request, signal);
    case "reply":
      return client.reply(outgoing.requestId, outgoing.message, signal);
    case "close":
      return client.close(outgoing.requestId, signal);
    case "receipts":
      return client.note(outgoing.requestId, outgoing.receipts, signal);
  }
}

/** The help request that it belongs to. */
export function requestIdOf(outgoing: Outgoing): string {
  return outgoing.kind === "ask" ? outgoing.request.id : outgoing.requestId;
}
