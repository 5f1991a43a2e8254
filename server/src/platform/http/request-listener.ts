import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { createRequestId } from "../crypto/ids.ts";
import { MusterError } from "../errors.ts";
import { type AppOptions, type CompleteAppOptions, withDefaults, createApp } from "./app.ts";
import type { AllowedHosts } from "./allowed-hosts.ts";
import { withoutBasePath } from "./base-path.ts";
import { clientAddress, forwardedHeader, type TrustedProxies } from "./client-address.ts";
import { createEndpoint, type Endpoint } from "./endpoint.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import { errorAnswer } from "./error-answer.ts";
import { readIncomingBody } from "./request-body.ts";
import { API_HEADERS } from "./security-headers.ts";

const HEALTH_PATH = "/api/health";

/** Creates the listener of the real server: hot-path routes are answered by node:http directly, all others by the app. */
export function createRequestListener(appOptions: AppOptions): RequestListener {
  const options = withDefaults(appOptions);
  const listenThroughApp = getRequestListener(createApp(options).fetch, {
    errorHandler: (error) => answerInvalidRequest(error, options),
    // For the health of a request without Host; all others were refused before.
    hostname: "localhost",
  });
  const hotPathEndpoints = new Map<string, Endpoint>();
  for (const route of options.routes) {
    const { method, path, isHotPath } = route.definition;
    if (isHotPath) hotPathEndpoints.set(`${method.toUpperCase()} ${path}`, createEndpoint(route, options));
  }
  return (incoming, outgoing) => {
    incoming.url = withoutBasePath(incoming.url ?? "/", options.basePath);
    const misdirection = misdirectionOf(incoming, options.allowedHosts);
    if (misdirection) return refuse(outgoing, misdirection, options);
    const endpoint = hotPathEndpoints.get(`${incoming.method} ${incoming.url}`);
    if (endpoint) void answerHotPath(endpoint, incoming, outgoing, options.trustedProxies);
    else void listenThroughApp(incoming, outgoing);
  };
}

/** The error for a request to a name that is not this server's; null for all others. */
function misdirectionOf({ url, headers }: IncomingMessage, allowedHosts: AllowedHosts): MusterError | null {
  const { host } = headers;
  if (host === undefined) {
    // Load balancers ask for the health with HTTP/1.0, which has no Host.
    if (url === HEALTH_PATH) return null;
    return new MusterError("bad-request", "This request needs a Host header but has none.");
  }
  if (allowedHosts.has(host)) return null;
  return new MusterError(
    "misdirected-request",
    "This server does not answer under this name. Set MUSTER_PUBLIC_URL or MUSTER_ALLOWED_HOSTS to the name in use.",
  );
}

function refuse(
  outgoing: ServerResponse,
  error: MusterError,
  { makeRequestId = createRequestId, log }: CompleteAppOptions,
): void {
  const requestId = makeRequestId();
  const { status, body } = errorAnswer(error, requestId, log);
  const text = JSON.stringify(body);
  outgoing.writeHead(status, {
    ...API_HEADERS,
    "x-request-id": requestId,
    "content-length": Buffer.byteLength(text),
    connection: "close",
  });
  outgoing.end(text);
}

/** Answers a request with a malformed target or Host header. */
function answerInvalidRequest(
  error: unknown,
  { makeRequestId = createRequestId, log }: CompleteAppOptions,
): Response {
  const failure =
    error instanceof RequestError
      ? new MusterError("bad-request", "The URL or the Host header of this request is malformed.")
      : error;
  const requestId = makeRequestId();
  const { status, body } = errorAnswer(failure, requestId, log);
  return Response.json(body, { status, headers: { ...API_HEADERS, "x-request-id": requestId } });
}

async function answerHotPath(
  endpoint: Endpoint,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  proxies: TrustedProxies,
): Promise<void> {
  const answer = await endpoint.answer(hotPathRequest(incoming, outgoing, proxies));
  if (answer.kind === "response") {
    outgoing.destroy(new Error("A hot-path route must return data, not a Response."));
    return;
  }
  const { status, headers, body } = answer;
  outgoing.writeHead(status, { ...headers, "content-length": body === null ? 0 : Buffer.byteLength(body) });
  outgoing.end(body);
}

function hotPathRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  proxies: TrustedProxies,
): IncomingRequest {
  const { headers } = incoming;
  return {
    method: incoming.method ?? "",
    header: (name) => {
      const value = headers[name];
      return typeof value === "string" ? value : undefined;
    },
    params: {},
    search: "",
    address: clientAddress(
      incoming.socket.remoteAddress ?? "",
      forwardedHeader((name) => headerText(headers[name])),
      proxies,
    ),
    readBytes: (maxBytes) => readIncomingBody(incoming, maxBytes),
    signal: () => abortedWith(outgoing),
    context: () => {
      throw new Error("A hot-path route has no context.");
    },
  };
}

function abortedWith(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) controller.abort();
  });
  return controller.signal;
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}
