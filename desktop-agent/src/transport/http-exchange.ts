import type { ClientRequest, IncomingMessage } from "node:http";
import { explainConnectionError } from "@muster/shared/system-errors.ts";
import type { Clock } from "../platform/ports.ts";
import type { Exchange, ExchangeOutcome, ExchangeRequest } from "./exchange.ts";
import type { ProxyServer } from "./proxy.ts";
import type { ServerAddress } from "./server-address.ts";
import { createWebClient, refusalOf } from "./web-client.ts";

const MAX_ANSWER_BYTES = 524_288;

/**
 * Requests over node:http or node:https with kept connections, one for each lane. Certificates are always verified, against the
 * pinned authority where there is one. Headers are kept to what the server needs.
 */
export function createHttpExchange(
  address: ServerAddress,
  clock: Clock,
  proxy: ProxyServer | null = null,
): Exchange {
  const web = createWebClient(address, proxy, { keepAlive: true, maxSockets: 2 });

  return {
    send: (request) =>
      new Promise((resolve) => {
        const { path, headers, body } = request;
        const call = web.request(
          path,
          body === null
            ? { method: "GET", headers }
            : { method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) } },
        );
        // HTTP/1.1 keeps connections anyway: 24 bytes less in each report.
        call.removeHeader("connection");
        follow(call, request, clock, web.isTls, resolve);
        call.end(request.body ?? undefined);
      }),
    disconnect: web.disconnect,
  };
}

function follow(
  call: ClientRequest,
  request: ExchangeRequest,
  clock: Clock,
  isTls: boolean,
  resolve: (outcome: ExchangeOutcome) => void,
): void {
  let hasLeft = false;
  let isDone = false;

  function done(outcome: ExchangeOutcome): void {
    if (isDone) return;
    isDone = true;
    cancelTimeout();
    request.signal?.removeEventListener("abort", onAbort);
    resolve(outcome);
  }
  function fail(reason: string, cause?: string): void {
    done({ kind: hasLeft ? "unknown" : "not-sent", reason, ...(cause !== undefined && { cause }) });
    call.destroy();
  }
  const failWith = (error: Error) => {
    const reason = explainConnectionError(error);
    fail(reason, reason === error.message ? undefined : error.message);
  };
  const onAbort = () => fail("The request was aborted.");
  const cancelTimeout = clock.after(request.timeoutMs, () =>
    fail(`The server did not answer within ${request.timeoutMs / 1000} s.`),
  );
  request.signal?.addEventListener("abort", onAbort, { once: true });

  call.on("socket", (socket) => {
    if (call.reusedSocket || !socket.connecting) hasLeft = true;
    else socket.once(isTls ? "secureConnect" : "connect", () => (hasLeft = true));
  });
  call.on("error", failWith);
  call.on("response", (response) => {
    // No server answers so: the proxy keeps the request to itself.
    if (response.statusCode === 407) {
      done({ kind: "not-sent", reason: refusalOf(407) });
      return void response.resume();
    }
    readAnswer(response, done, failWith);
  });
  if (request.signal?.aborted) onAbort();
}

/** By events: an async iterator costs more. */
function readAnswer(
  response: IncomingMessage,
  done: (outcome: ExchangeOutcome) => void,
  failed: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  response.on("data", (chunk: Buffer) => {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_ANSWER_BYTES) failed(new Error("The answer is too long."));
    else chunks.push(chunk);
  });
  response.on("error", failed);
  response.on("close", () => {
    if (!response.complete) failed(new Error("The connection was closed in the middle of the answer."));
  });
  response.on("end", () =>
    done({
      kind: "answered",
      status: response.statusCode ?? 0,
      body: Buffer.concat(chunks).toString("utf8"),
      retryAfter: response.headers["retry-after"] ?? null,
    }),
  );
}
