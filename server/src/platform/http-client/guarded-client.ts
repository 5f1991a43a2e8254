import http from "node:http";
import https from "node:https";
import { toLine } from "@muster/shared/contracts/text.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import { isPublicAddress, type Network, readNetworks } from "./allowed-address.ts";
import { GuardedRequestError } from "./guarded-request-error.ts";
import { createGuardedLookup, type ResolveAll, resolveWithSystem } from "./guarded-lookup.ts";
import { readTarget, refusalOf } from "./request-target.ts";

const DEFAULT_TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_SHOWN_LENGTH = 200;

export type GuardedRequest = {
  url: string;
  method?: "POST" | "PUT" | "GET";
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  /** For everything from the resolution of the name to the last byte of the answer. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Texts that the answer must not repeat, such as secrets in the URL. */
  hidden?: readonly string[];
};

export type GuardedAnswer = {
  status: number;
  /** The beginning of the body, on one line, for a person to read; empty from a private address. */
  text: string;
  /** At most 64 KiB of the body, for programs: nobody is shown it. */
  body: string;
  /** Target of a redirect, which is not followed; from a private address too. */
  location: string | null;
  retryAfter: string | null;
};

/** The client for every address that an organization configures. It connects to public addresses only, unless the operator allows others. */
export type GuardedClient = {
  /** Throws GuardedRequestError. Any status is an answer. */
  send(request: GuardedRequest): Promise<GuardedAnswer>;
  /** Throws GuardedRequestError for an address that is refused whatever its name resolves to: for the form in which it is entered. */
  check(url: string): void;
};

export type GuardedClientOptions = {
  /** Networks beyond the public ones: `MUSTER_WEBHOOK_ALLOW_PRIVATE`. */
  allowedNetworks: readonly string[];
  /** Resolves names; the operating system does when absent. */
  resolve?: ResolveAll;
  /** Certificates of authorities that tests trust. */
  ca?: string;
};

/**
 * Creates the client. Every address that a name resolves to is checked, and the connection goes to one of the checked ones. Redirects are
 * not followed, no proxy is used, connections are not shared, and at most 64 KiB of an answer are read.
 */
export function createGuardedClient(options: GuardedClientOptions): GuardedClient {
  const networks = readNetworks(options.allowedNetworks);
  return {
    send: (request) => send(request, { ...options, networks }),
    check: (url) => void readTarget(url, networks),
  };
}

async function send(
  request: GuardedRequest,
  { networks, resolve = resolveWithSystem, ca }: GuardedClientOptions & { networks: readonly Network[] },
): Promise<GuardedAnswer> {
  const url = readTarget(request.url, networks);
  const { body, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
  try {
    return await exchange(url, {
      method: request.method ?? "POST",
      headers: {
        "user-agent": "Muster",
        accept: "*/*",
        ...request.headers,
        ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }),
      },
      body,
      signal,
      hidden: request.hidden ?? [],
      lookup: createGuardedLookup(resolve, (address) => refusalOf(address, url, networks)),
      ...(ca !== undefined && { ca }),
    });
  } catch (error) {
    if (error instanceof GuardedRequestError) throw error;
    if (timeout.aborted) {
      throw new GuardedRequestError(
        "timeout",
        `The receiver did not answer within ${Math.round(timeoutMs / 1000)} seconds.`,
      );
    }
    throw new GuardedRequestError("unreachable", reasonOf(error));
  }
}

type Exchange = https.RequestOptions & {
  body: string | Buffer | undefined;
  signal: AbortSignal;
  hidden: readonly string[];
};

function exchange(url: URL, { body, hidden, ...options }: Exchange): Promise<GuardedAnswer> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === "https:" ? https : http;
    // An agent of its own, so that no connection that was checked for another request is used again.
    const sent = request(url, { ...options, agent: false }, (answer) => {
      readAnswer(answer, hidden).then(resolve, reject);
    });
    sent.on("error", reject);
    // Without a listener, Node ends the connection and reports neither an answer nor an error.
    sent.on("upgrade", (_answer, socket) => {
      socket.destroy();
      reject(new Error("The receiver switches the protocol."));
    });
    // Whatever else a receiver does: nobody waits for longer.
    options.signal.addEventListener("abort", () => reject(options.signal.reason), { once: true });
    sent.end(body);
  });
}

async function readAnswer(answer: http.IncomingMessage, hidden: readonly string[]): Promise<GuardedAnswer> {
  const { statusCode = 0, headers } = answer;
  const isPublic = isPublicAddress(answer.socket.remoteAddress ?? "");
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Ending the loop early destroys the connection.
  for await (const chunk of answer) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_ANSWER_BYTES) break;
  }
  const body = Buffer.concat(chunks).toString("utf8", 0, MAX_ANSWER_BYTES);
  return {
    status: statusCode,
    text: isPublic ? shownText(body, hidden) : "",
    body,
    location: headers.location === undefined ? null : shownText(headers.location, hidden),
    retryAfter: headers["retry-after"] ?? null,
  };
}

/** Secrets are hidden before anything is cut off: a part of one is a secret as well. */
function shownText(text: string, hidden: readonly string[]): string {
  const safe = hidden.reduce((shown, secret) => shown.replaceAll(secret, "***"), text);
  return toLine(terminalLine(safe.slice(0, MAX_SHOWN_LENGTH * 4)), MAX_SHOWN_LENGTH) ?? "";
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ECONNREFUSED":
      return "The receiver refused the connection.";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "The name of the receiver cannot be resolved.";
    case "ECONNRESET":
    case "EPIPE":
      return "The receiver closed the connection before it answered.";
    default:
      return `The receiver cannot be reached${code === "" ? "" : ` (${code})`}.`;
  }
}
