import type {
  DeviceSupport,
  HelpReceipts,
  NewDeviceHelpMessage,
  NewHelpRequest,
} from "@muster/shared/contracts/device-support.ts";
import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";
import { reasonOf, type StatementOutcome, statementOutcomeOf } from "./action-client.ts";
import type { ExchangeOutcome, Unreached } from "./exchange.ts";
import { readDeviceSupport } from "./read-answer.ts";

export type SupportOutcome =
  | { kind: "read"; support: DeviceSupport }
  /** The server has nothing else than the version that is known. */
  | { kind: "unchanged" }
  /** A server of an earlier version has nothing to read. */
  | { kind: "refused"; reason: string }
  | Unreached;

/** The routes of alarms and help requests. Never rejects for what a network or a server does. */
export type SupportClient = {
  read(knownVersion: string | null, signal: AbortSignal): Promise<SupportOutcome>;
  ask(request: NewHelpRequest, signal: AbortSignal): Promise<StatementOutcome>;
  reply(requestId: string, message: NewDeviceHelpMessage, signal: AbortSignal): Promise<StatementOutcome>;
  close(requestId: string, signal: AbortSignal): Promise<StatementOutcome>;
  note(requestId: string, receipts: HelpReceipts, signal: AbortSignal): Promise<StatementOutcome>;
};

type Ask = (
  path: string,
  body: string | null,
  options: { signal: AbortSignal; headers?: Readonly<Record<string, string>> },
) => Promise<ExchangeOutcome>;

export function createSupportClient(ask: Ask): SupportClient {
  const below = (requestId: string, what: string) => `${AGENT_PATHS.helpRequests}/${requestId}/${what}`;
  const state = async (path: string, body: object, signal: AbortSignal) =>
    statementOutcomeOf(await ask(path, JSON.stringify(body), { signal }));
  return {
    async read(knownVersion, signal) {
      const headers: Record<string, string> =
        knownVersion === null ? {} : { "if-none-match": `"${knownVersion}"` };
      const outcome = await ask(AGENT_PATHS.support, null, { signal, headers });
      if (outcome.kind !== "answered") return outcome;
      if (outcome.status === 304) return { kind: "unchanged" };
      const support = outcome.status === 200 ? readDeviceSupport(outcome.body) : null;
      return support ? { kind: "read", support } : { kind: "refused", reason: reasonOf(outcome) };
    },
    ask: (request, signal) => state(AGENT_PATHS.helpRequests, request, signal),
    reply: (id, message, signal) => state(below(id, "messages"), message, signal),
    close: (id, signal) => state(below(id, "close"), {}, signal),
    note: (id, receipts, signal) => state(below(id, "receipts"), receipts, signal),
  };
}
