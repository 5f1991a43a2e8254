import type {
  EnrolmentAnswer,
  EnrolmentCheckAnswer,
  EnrolmentRequest,
} from "@muster/shared/contracts/enrolment.ts";
import type { Numbering } from "@muster/shared/contracts/epoch.ts";
import type { ReportAnswer } from "@muster/shared/contracts/report.ts";
import { AGENT_PATHS, RESENT_AT_HEADER } from "@muster/shared/protocol/agent-protocol.ts";
import type { Clock } from "../platform/ports.ts";
import { type ActionClient, createActionClient } from "./action-client.ts";
import { type AgentStream, createAgentStream } from "./agent-stream.ts";
import { createSupportClient, type SupportClient } from "./support-client.ts";
import type { Exchange, ExchangeOutcome, Unreached } from "./exchange.ts";
import type { GuardedSender } from "./guarded-sender.ts";
import type { OpenStream } from "./http-events.ts";
import {
  readEnrolmentAnswer,
  readEnrolmentCheckAnswer,
  readReportAnswer,
  readServerError,
  type ServerError,
} from "./read-answer.ts";

/** Milliseconds until a request without an answer is given up. */
const REQUEST_TIMEOUT_MS = 10_000;
/** From this size on a body is compressed; below it the gain is not worth the work. */
const COMPRESS_FROM_BYTES = 4096;

export type ReportOutcome =
  | { kind: "delivered"; answer: ReportAnswer }
  /** Another content is stored under this number. */
  | { kind: "conflict" }
  /** The number was used before by another report: the server's numbering stands elsewhere. */
  | { kind: "behind"; numbering: Numbering }
  /** The credential is not valid any more. */
  | { kind: "revoked" }
  /** This content will never be taken. */
  | { kind: "refused"; error: ServerError }
  | Unreached;

export type EnrolmentOutcome =
  | { kind: "enrolled"; answer: EnrolmentAnswer }
  | { kind: "refused"; error: ServerError }
  | Unreached;

export type TokenCheckOutcome =
  | { kind: "would-be-taken"; checked: EnrolmentCheckAnswer }
  | { kind: "refused"; error: ServerError }
  | Unreached;

export type LeaveOutcome = { kind: "left" } | { kind: "refused"; error: ServerError } | Unreached;

export type SendOptions = {
  /** The same bytes were sent before. */
  isResent?: boolean;
  /** Attempts at most; the retry policy's number when absent. */
  attempts?: number;
  timeoutMs?: number;
  signal?: AbortSignal;
  headers?: Readonly<Record<string, string>>;
};

export type ServerClient = {
  /** `body` is a Report as JSON. */
  report(body: string, options?: SendOptions): Promise<ReportOutcome>;
  enrol(request: EnrolmentRequest): Promise<EnrolmentOutcome>;
  /** Whether an enrolment with this token would be taken; uses nothing of it. */
  checkToken(token: string): Promise<TokenCheckOutcome>;
  leave(): Promise<LeaveOutcome>;
  actions: ActionClient;
  support: SupportClient;
  /** The stream of nudges, not held yet. `nudged` is called when it opened and whenever there may be work. */
  stream(nudged: () => void): AgentStream;
  /** Whether a request would leave now: neither the circuit is open nor did the server ask to wait. */
  isOpen(): boolean;
  /** A user asks for a try: earlier failures no longer delay the next request. */
  tryNow(): void;
  /** Closes kept connections, which after a sleep lead nowhere. */
  disconnect(): void;
};

type Deps = {
  exchange: Exchange;
  sender: GuardedSender;
  openStream: OpenStream;
  clock: Clock;
  random: () => number;
  credential: string | null;
};

/** Speaks the agents' routes. Never rejects for what a network or a server does: outcomes are values. */
export function createServerClient(deps: Deps): ServerClient {
  const { exchange, sender, clock, credential } = deps;
  const authorization: Record<string, string> =
    credential === null ? {} : { authorization: `Bearer ${credential}` };

  async function ask(path: string, body: string | null, options: SendOptions): Promise<ExchangeOutcome> {
    const headers: Record<string, string> = { ...authorization, ...options.headers };
    if (body !== null) headers["content-type"] = "application/json";
    if (options.isResent) headers[RESENT_AT_HEADER] = String(clock.wallMs());
    let payload: string | Uint8Array | null = body;
    if (body !== null && body.length >= COMPRESS_FROM_BYTES) {
      payload = await gzip(body);
      headers["content-encoding"] = "gzip";
    }
    const { timeoutMs = REQUEST_TIMEOUT_MS, signal, attempts } = options;
    return sender.send({ path, headers, body: payload, timeoutMs, signal }, { attempts });
  }

  return {
    report: async (body, options = {}) => asReportOutcome(await ask(AGENT_PATHS.report, body, options)),
    enrol: async (request) => asEnrolmentOutcome(await ask(AGENT_PATHS.enrol, JSON.stringify(request), {})),
    checkToken: async (token) =>
      asTokenCheckOutcome(await ask(AGENT_PATHS.enrolCheck, JSON.stringify({ token }), { attempts: 1 })),
    leave: async () => asLeaveOutcome(await ask(AGENT_PATHS.leave, "{}", {})),
    actions: createActionClient(ask),
    support: createSupportClient(ask),
    stream: (nudged) =>
      createAgentStream({
        open: deps.openStream,
        headers: authorization,
        clock,
        random: deps.random,
        mayOpen: () => sender.isOpen(),
        answers: () => sender.answered(),
        nudged,
      }),
    isOpen: () => sender.isOpen(),
    tryNow: () => sender.tryNow(),
    disconnect: () => exchange.disconnect(),
  };
}

function asReportOutcome(outcome: ExchangeOutcome): ReportOutcome {
  if (outcome.kind !== "answered") return outcome;
  if (outcome.status === 200) {
    const answer = readReportAnswer(outcome.body);
    // A portal or proxy that answers 200 itself: the server may not have the report.
    return answer ? { kind: "delivered", answer } : notMuster(outcome.status, "unknown");
  }
  const error = readServerError(outcome.body);
  if (!error) return notMuster(outcome.status, "not-sent");
  if (error.code === "behind" && error.numbering) return { kind: "behind", numbering: error.numbering };
  if (outcome.status === 409) return { kind: "conflict" };
  if (outcome.status === 401) return { kind: "revoked" };
  if ([400, 413, 415, 422].includes(outcome.status)) return { kind: "refused", error };
  return { kind: "not-sent", reason: `The server answered ${outcome.status}: ${error.message}` };
}

function asEnrolmentOutcome(outcome: ExchangeOutcome): EnrolmentOutcome {
  if (outcome.kind !== "answered") return outcome;
  if (outcome.status === 201) {
    const answer = readEnrolmentAnswer(outcome.body);
    return answer ? { kind: "enrolled", answer } : notMuster(outcome.status, "unknown");
  }
  const error = readServerError(outcome.body);
  return error ? { kind: "refused", error } : notMuster(outcome.status, "not-sent");
}

function asTokenCheckOutcome(outcome: ExchangeOutcome): TokenCheckOutcome {
  if (outcome.kind !== "answered") return outcome;
  if (outcome.status === 200) {
    const checked = readEnrolmentCheckAnswer(outcome.body);
    return checked ? { kind: "would-be-taken", checked } : notMuster(outcome.status, "unknown");
  }
  const error = readServerError(outcome.body);
  return error ? { kind: "refused", error } : notMuster(outcome.status, "not-sent");
}

function asLeaveOutcome(outcome: ExchangeOutcome): LeaveOutcome {
  if (outcome.kind !== "answered") return outcome;
  if (outcome.status === 204) return { kind: "left" };
  const error = readServerError(outcome.body);
  return error ? { kind: "refused", error } : notMuster(outcome.status, "not-sent");
}

function notMuster(status: number, kind: Unreached["kind"]): Unreached {
  return { kind, reason: `The server at this address is not a Muster server (status ${status}).` };
}

async function gzip(text: string): Promise<Uint8Array> {
  const zlib = process.getBuiltinModule("node:zlib");
  return new Promise((resolve, reject) => {
    zlib.gzip(text, (error, packed) => (error ? reject(error) : resolve(packed)));
  });
}
