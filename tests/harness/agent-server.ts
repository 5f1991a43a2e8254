import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { EnrolmentRequest } from "@muster/shared/contracts/enrolment.ts";
import { Report, type ReportAnswer } from "@muster/shared/contracts/report.ts";
import type { ErrorCode } from "@muster/shared/errors.ts";
import { AGENT_PATHS } from "@muster/shared/protocol/agent-protocol.ts";

/**
 * How the server treats a report: `cut-before` loses it, `cut-after` stores it and loses the answer, `hold` never answers,
 * a number is answered with that status.
 */
export type Behaviour = "well" | "cut-before" | "cut-after" | "hold" | 401 | 429 | 500 | 503;

export type Received = {
  report: Report;
  body: string;
  headers: IncomingMessage["headers"];
  receivedAtMs: number;
  /** Bytes of the request as it came over the wire, head and body. */
  wireBytes: number;
};

export type AgentServer = {
  url: string;
  /** Reports stored, in order; a repeated one is not stored again. */
  readonly stored: readonly Received[];
  /** Reports that came, repeated ones too. */
  readonly received: readonly Received[];
  readonly enrolments: readonly EnrolmentRequest[];
  /** Reports under a number that holds another content. */
  readonly conflicts: readonly Received[];
  behave(behaviourOf: (nth: number) => Behaviour): void;
  /** Refuses enrolments with this code, or takes them and loses the answer. */
  refuseEnrolments(how: ErrorCode | "lost" | null): void;
  answerWith(answer: Partial<ReportAnswer>): void;
  /** Resolves when the condition holds; it is looked at whenever a report came or was stored. */
  until(condition: (stored: readonly Received[]) => boolean): Promise<void>;
  close(): Promise<void>;
};

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";

/** A small server that follows the agents' contract exactly and can be made to fail. On 127.0.0.1. */
export async function startAgentServer(
  options: { intervalS?: number; port?: number } = {},
): Promise<AgentServer> {
  const stored: Received[] = [];
  const received: Received[] = [];
  const conflicts: Received[] = [];
  const enrolments: EnrolmentRequest[] = [];
  const byNumber = new Map<string, string>();
  const waiting = new Set<{ condition: (stored: readonly Received[]) => boolean; resolve: () => void }>();
  let behaviourOf: (nth: number) => Behaviour = () => "well";
  let refusal: ErrorCode | "lost" | null = null;
  let extraAnswer: Partial<ReportAnswer> = {};

  function store(entry: Received): "stored" | "repeated" | "conflict" {
    const { epoch, lane, sequence } = entry.report;
    const number = `${epoch}/${lane}/${sequence}`;
    const known = byNumber.get(number);
    if (known !== undefined) return known === entry.body ? "repeated" : "conflict";
    byNumber.set(number, entry.body);
    stored.push(entry);
    wake();
    return "stored";
  }

  function wake(): void {
    for (const waiter of waiting) if (waiter.condition(stored)) waiter.resolve();
  }

  async function takeReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const parsed = Report.safeParse(JSON.parse(body));
    if (!parsed.success) return refuse(response, 400, "bad-request", JSON.stringify(parsed.error.issues));
    const entry: Received = {
      report: parsed.data,
      body,
      headers: request.headers,
      receivedAtMs: Date.now(),
      wireBytes: headBytes(request) + Number(request.headers["content-length"] ?? 0),
    };
    received.push(entry);
    wake();
    const how = behaviourOf(received.length);
    if (how === "hold") return;
    if (how === "cut-before") return void request.socket.destroy();
    if (typeof how === "number")
      return refuse(
        response,
        how,
        how === 401 ? "unauthenticated" : "unavailable",
        "The test requested this failure.",
      );
    const outcome = store(entry);
    if (how === "cut-after") return void request.socket.destroy();
    if (outcome === "conflict") {
      conflicts.push(entry);
      return refuse(response, 409, "conflict", "another report has this number");
    }
    answer(response, 200, { stored: outcome === "stored", ...extraAnswer });
  }

  async function takeEnrolment(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = EnrolmentRequest.safeParse(JSON.parse(await readBody(request)));
    if (!parsed.success) return refuse(response, 400, "bad-request", JSON.stringify(parsed.error.issues));
    if (refusal !== null && refusal !== "lost") return refuse(response, 403, refusal, "not like this");
    enrolments.push(parsed.data);
    if (refusal === "lost") return void request.socket.destroy();
    answer(response, 201, {
      deviceId: ID,
      credential: `md_${"c".repeat(43)}`,
      approved: true,
      intervalS: options.intervalS ?? 1,
      organization: { id: ID, name: "Example", signingKeys: [{ id: "k1", publicKey: "x" }] },
    });
  }

  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    const route = request.url === AGENT_PATHS.enrol ? takeEnrolment : takeReport;
    if (request.url === AGENT_PATHS.stream) return holdStream(response);
    if (request.url === AGENT_PATHS.claim) {
      answer(response, 200, { serverTime: Date.now(), envelopes: [], cancelAsked: [] });
      return;
    }
    if (request.url === AGENT_PATHS.leave) response.writeHead(204).end();
    else if (request.url === "/api/health") answer(response, 200, { ok: true });
    else route(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    stored,
    received,
    conflicts,
    enrolments,
    behave: (next) => {
      behaviourOf = next;
    },
    refuseEnrolments: (how) => {
      refusal = how;
    },
    answerWith: (next) => {
      extraAnswer = next;
    },
    until: (condition) =>
      new Promise((resolve) => {
        if (condition(stored)) resolve();
        else waiting.add({ condition, resolve });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const HEARTBEAT_MS = 15_000;

/** Open until the agent leaves, with the server's heartbeats alone: there is never work here. */
function holdStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
  const heartbeat = setInterval(() => response.write(": beat\n\n"), HEARTBEAT_MS);
  response.once("close", () => clearInterval(heartbeat));
}

function readBody(request: IncomingMessage): Promise<string> {
  return text(request.headers["content-encoding"] === "gzip" ? request.pipe(createGunzip()) : request);
}

function headBytes({ method, url, rawHeaders }: IncomingMessage): number {
  const lines = rawHeaders.reduce((sum, part) => sum + Buffer.byteLength(part), 0) + rawHeaders.length * 2;
  return Buffer.byteLength(`${method} ${url} HTTP/1.1\r\n`) + lines + 2;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  answer(response, status, { error: { code, message, requestId: "test" } });
}
