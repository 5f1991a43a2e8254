import type {
  ActionClaimAnswer,
  DeviceRecord,
  SignedStatement,
} from "@muster/shared/contracts/action-delivery.ts";
import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";
import type { ExchangeOutcome, Unreached } from "./exchange.ts";
import { readActionClaimAnswer, readDeviceRecord, readServerError } from "./read-answer.ts";

export type ClaimOutcome =
  | { kind: "claimed"; answer: ActionClaimAnswer }
  /** The server does not hand out work to this device. */
  | { kind: "refused"; reason: string }
  | Unreached;

export type StatementOutcome =
  | { kind: "taken" }
  /** The server will never take this statement: the action ended otherwise, or is none of this device's. */
  | { kind: "refused"; reason: string }
  | Unreached;

export type RecordOutcome =
  | { kind: "read"; record: DeviceRecord }
  | { kind: "refused"; reason: string }
  | Unreached;

export type ActionStep = "start" | "progress" | "result";

/** The routes of actions. Never rejects for what a network or a server does. */
export type ActionClient = {
  claim(statement: SignedStatement, signal: AbortSignal): Promise<ClaimOutcome>;
  send(
    actionId: string,
    step: ActionStep,
    statement: SignedStatement,
    signal: AbortSignal,
  ): Promise<StatementOutcome>;
  /** The server's record of this device's actions. One attempt, since a user waits. */
  record(signal: AbortSignal): Promise<RecordOutcome>;
};

type Ask = (
  path: string,
  body: string | null,
  options: { signal: AbortSignal; attempts?: number },
) => Promise<ExchangeOutcome>;

/** Answers after which the same statement may still be taken: the credential or the device is not accepted at the moment. */
const TEMPORARY_STATUSES = [401, 403, 408, 421];

export function createActionClient(ask: Ask): ActionClient {
  return {
    async claim(statement, signal) {
      const outcome = await ask(AGENT_PATHS.claim, JSON.stringify(statement), { signal });
      if (outcome.kind !== "answered") return outcome;
      if (outcome.status === 200) {
        const answer = readActionClaimAnswer(outcome.body);
        return answer
          ? { kind: "claimed", answer }
          : { kind: "unknown", reason: "The answer to the claim is invalid." };
      }
      return { kind: "refused", reason: reasonOf(outcome) };
    },
    async send(actionId, step, statement, signal) {
      const path = `${AGENT_PATHS.actions}/${actionId}/${step}`;
      const outcome = await ask(path, JSON.stringify(statement), { signal });
      return statementOutcomeOf(outcome);
    },
    async record(signal) {
      const outcome = await ask(AGENT_PATHS.actions, null, { signal, attempts: 1 });
      if (outcome.kind !== "answered") return outcome;
      const record = outcome.status === 200 ? readDeviceRecord(outcome.body) : null;
      return record ? { kind: "read", record } : { kind: "refused", reason: reasonOf(outcome) };
    },
  };
}

/** Whether the server took what this device stated. */
export function statementOutcomeOf(outcome: ExchangeOutcome): StatementOutcome {
  if (outcome.kind !== "answered") return outcome;
  if (outcome.status === 204) return { kind: "taken" };
  // A portal or proxy that answers itself: what the server knows is unknown.
  if (!readServerError(outcome.body)) return { kind: "unknown", reason: reasonOf(outcome) };
  if (TEMPORARY_STATUSES.includes(outcome.status)) return { kind: "not-sent", reason: reasonOf(outcome) };
  return { kind: "refused", reason: reasonOf(outcome) };
}

export function reasonOf({ status, body }: Extract<ExchangeOutcome, { kind: "answered" }>): string {
  return readServerError(body)?.message ?? `The server answered ${status}.`;
}
