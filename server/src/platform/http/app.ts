import { promisify } from "node:util";
import { gzip, type ZlibOptions } from "node:zlib";
import { Hono } from "hono";
import { createRequestId } from "../crypto/ids.ts";
import { MusterError } from "../errors.ts";
import { acceptsEncoding } from "./accept-encoding.ts";
import { type AllowedHosts, createAllowedHosts } from "./allowed-hosts.ts";
import {
  clientAddress,
  forwardedHeader,
  createTrustedProxies,
  type TrustedProxies,
} from "./client-address.ts";
import { createEndpoint, type Endpoint, type EndpointAnswer } from "./endpoint.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import { errorAnswer } from "./error-answer.ts";
import { createEventStreams, type EventStreams } from "./event-streams.ts";
import { readIncomingBody, readRequestBody } from "./request-body.ts";
import { createRequestLimits, DEFAULT_LIMIT_RATES, type RequestLimits } from "./request-limits.ts";
import type { Route } from "./route.ts";
import { serverOrigins } from "./same-origin.ts";
import { API_HEADERS } from "./security-headers.ts";
import type { ServerContext, ServerEnv } from "./server-context.ts";

// zlib's buffers are never shared memory, although its types allow it.
const gzipAsync = promisify<string, ZlibOptions, Buffer<ArrayBuffer>>(gzip);
const MIN_COMPRESSED_BYTES = 1024;
/** Programs ask here, so a path without a route is an error and not a page. */
const PROGRAM_PATHS = /^\/(?:api|install)\//;

export type AppOptions = Pick<
  EndpointOptions,
  | "authenticate"
  | "authenticateDevice"
  | "authenticateLegacyKey"
  | "log"
  | "clock"
  | "idempotency"
  | "makeRequestId"
  | "observe"
> & {
  routes: readonly Route[];
  /** Origins whose pages may act with a session; localhost:8080 by default. */
  allowedOrigins?: ReadonlySet<string>;
  /** None by default. */
  trustedProxies?: TrustedProxies;
  /** Names for the Host header beside addresses and local names; none by default. */
  allowedHosts?: AllowedHosts;
  /** Path of the public URL, such as `/muster`; empty at the root. */
  basePath?: string;
  limits?: RequestLimits;
  eventStreams?: EventStreams;
  /** False in production: answers are not checked against their schemas. */
  checksAnswers?: boolean;
  /** True when browsers are to use HTTPS alone from now on. */
  isHttps?: boolean;
  /** Answers paths outside /api and /install that have no route: the dashboard. */
  fallback?: (context: ServerContext) => Response | Promise<Response>;
};

export type CompleteAppOptions = AppOptions &
  EndpointOptions &
  Required<Pick<AppOptions, "trustedProxies" | "allowedHosts" | "basePath">>;

/** Adds the defaults. Everything that is created from one result shares its limits. */
export function withDefaults(options: AppOptions): CompleteAppOptions {
  return {
    ...options,
    allowedOrigins:
      options.allowedOrigins ??
      serverOrigins({ publicUrl: "http://localhost:8080", port: 8080, isLoopback: true }),
    trustedProxies: options.trustedProxies ?? createTrustedProxies([]),
    allowedHosts: options.allowedHosts ?? createAllowedHosts([]),
    basePath: options.basePath ?? "",
    limits: options.limits ?? createRequestLimits(DEFAULT_LIMIT_RATES, options.clock),
    checksAnswers: options.checksAnswers ?? true,
    isHttps: options.isHttps ?? false,
  };
}

/** Mounts the route table. The app does not listen: tests call `app.request`. */
export function createApp(appOptions: AppOptions): Hono<ServerEnv> {
  const options = withDefaults(appOptions);
  const eventStreams = options.eventStreams ?? createEventStreams();
  const app = new Hono<ServerEnv>();
  for (const route of options.routes) {
    const { method, path } = route.definition;
    const endpoint = createEndpoint(route, options);
    app.on(method.toUpperCase(), honoPath(path), (context) => {
      context.set("eventStreams", eventStreams);
      return answerThrough(context, endpoint, options.trustedProxies);
    });
  }
  app.notFound((context) => {
    if (options.fallback && !PROGRAM_PATHS.test(context.req.path)) return options.fallback(context);
    return fail(context, new MusterError("not-found", "There is nothing at this address."), options);
  });
  app.onError((error, context) => fail(context, error, options));
  return app;
}

async function answerThrough(
  context: ServerContext,
  endpoint: Endpoint,
  proxies: TrustedProxies,
): Promise<Response> {
  const { req } = context;
  const incoming = context.env?.incoming;
  const url = req.url;
  const questionMark = url.indexOf("?");
  const answer = await endpoint.answer({
    method: req.method,
    header: (name) => req.header(name),
    params: req.param(),
    search: questionMark < 0 ? "" : url.slice(questionMark + 1),
    address: clientAddress(
      incoming?.socket.remoteAddress ?? "127.0.0.1",
      forwardedHeader((name) => req.header(name)),
      proxies,
    ),
    readBytes: (maxBytes) =>
      incoming ? readIncomingBody(incoming, maxBytes) : readRequestBody(req, maxBytes),
    signal: () => req.raw.signal,
    context: () => context,
  });
  return answer.kind === "response" ? answer.response : send(context, answer);
}

async function send(context: ServerContext, { status, headers, body }: EndpointAnswer): Promise<Response> {
  if (
    body === null ||
    body.length < MIN_COMPRESSED_BYTES ||
    !acceptsEncoding(context.req.header("accept-encoding"), "gzip")
  ) {
    return context.newResponse(body, status, headers);
  }
  const compressed = await gzipAsync(body, { level: 1 });
  return context.newResponse(compressed, status, {
    ...headers,
    "content-encoding": "gzip",
    vary: "accept-encoding",
  });
}

function fail(
  context: ServerContext,
  error: unknown,
  { makeRequestId = createRequestId, log }: CompleteAppOptions,
) {
  const requestId = makeRequestId();
  const { status, headers, body } = errorAnswer(error, requestId, log);
  return context.json(body, status, { ...API_HEADERS, ...headers, "x-request-id": requestId });
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
