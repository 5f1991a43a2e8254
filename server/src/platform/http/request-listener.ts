import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { createRequestId } from "../crypto/ids.ts";
import { MusterError } from "../errors.ts";
import { type AppOptions, type CompleteAppOptions, withDefaults, createApp } from "./app.ts";
import { clientAddress, forwardedHeader, type TrustedProxies } from "./client-address.ts";
import { createEndpoint, type Endpoint } from "./endpoint.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import { errorAnswer } from "./error-answer.ts";
import { readIncomingBody } from "./request-body.ts";
import { API_HEADERS } from "./security-headers.ts";

/** Creates the listener of the real server: hot-path routes are answered by node:http directly, all others by the app. */
export function createRequestListener(appOptions: AppOptions): RequestListener {
  const options = withDefaults(appOptions);
  const listenThroughApp = getRequestListener(createApp(options).fetch, {
    errorHandler: (error) => answerInvalidRequest(error, options),
  });
  const hotPathEndpoints = new Map<string, Endpoint>();
  for (const route of options.routes) {
    const { method, path, isHotPath } = route.definition;
    if (isHotPath) hotPathEndpoints.set(`${method.toUpperCase()} ${path}`, createEndpoint(route, options));
  }
  return (incoming, outgoing) => {
    const endpoint = hotPathEndpoints.get(`${incoming.method} ${incoming.url}`);
    if (endpoint) void answerHotPath(endpoint, incoming, outgoing, options.trustedProxies);
    else void listenThroughApp(incoming, outgoing);
  };
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
