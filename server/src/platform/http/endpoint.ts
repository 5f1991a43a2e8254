import { randomUUID } from "node:crypto";
import type { Logger } from "../logging/logger.ts";
import type { Clock } from "../clock.ts";
import { MusterError } from "../errors.ts";
import { checkAccess } from "./access.ts";
import type { Authenticate, Caller, DeviceCaller, RequestCredentials } from "./caller.ts";
import { type ErrorAnswer, errorAnswer } from "./error-answer.ts";
import { parseInput, readQuery, refuseHostileText, withoutUnknownNames } from "./parse-input.ts";
import { HandlerRequest } from "./handler-request.ts";
import { checkBodyHead, inflateBody, readJson } from "./request-body.ts";
import { readCredentials } from "./request-credentials.ts";
import type { RequestLimits } from "./request-limits.ts";
import type { Route, RouteDefinition } from "./route.ts";
import { checkOrigin } from "./same-origin.ts";
import { API_HEADERS, LEAN_HEADERS, STRICT_TRANSPORT } from "./security-headers.ts";
import type { ServerContext } from "./server-context.ts";

const DEFAULT_MAX_BODY_BYTES = 65_536;

/** One request as an endpoint sees it, whatever carried it. */
export type IncomingRequest = {
  method: string;
  header: (this: void, name: string) => string | undefined;
  params: Record<string, string>;
  /** The query string, without its question mark. */
  search: string;
  /** Address of the client, after trusted proxies. */
  address: string;
  readBytes(maxBytes: number): Promise<Buffer>;
  /** Aborted when the client goes away. */
  signal(): AbortSignal;
  context(): ServerContext;
};

export type AnswerStatus = RouteDefinition["status"] | ErrorAnswer["status"];

/** A finished answer: headers in lower case, a body of JSON or none. */
export type EndpointAnswer = {
  kind: "json";
  status: AnswerStatus;
  headers: Record<string, string>;
  body: string | null;
};

/** A route ready to be called: everything from the request's id to the error body happens inside. */
export type Endpoint = {
  definition: RouteDefinition;
  answer(request: IncomingRequest): Promise<EndpointAnswer | { kind: "response"; response: Response }>;
};

export type EndpointOptions = {
  authenticate: Authenticate;
  /** A quicker way for devices' credentials, from a cache; `authenticate` where absent. */
  authenticateDevice?: (bearer: string) => DeviceCaller | Promise<DeviceCaller>;
  limits: RequestLimits;
  allowedOrigins: ReadonlySet<string>;
  clock: Clock;
  log: Logger;
  makeRequestId?: () => string;
  /** True outside production: an answer that does not fit its schema is a failure. */
  checksAnswers: boolean;
  /** True where the public address is https. */
  isHttps: boolean;
  /** Told of every answered request. */
  observe?: (definition: RouteDefinition, status: number, durationMs: number) => void;
};

/** Makes an endpoint of one route. */
export function createEndpoint({ definition, handle }: Route, options: EndpointOptions): Endpoint {
  const { clock, log, makeRequestId = randomUUID, observe } = options;
  const identify = createIdentification(definition, options);
  const readInput = createInputReader(definition);
  const headers = definition.isLean
    ? LEAN_HEADERS
    : { ...API_HEADERS, ...(options.isHttps && STRICT_TRANSPORT) };

  async function run(request: IncomingRequest, requestId: string) {
    const { caller, isStillAllowed } = await identify(request);
    const input = await readInput(request);
    const result = await handle(
      new HandlerRequest({ input, caller, requestId, request, log, isStillAllowed }),
    );
    if (isResponse(result)) return { kind: "response" as const, response: withRequestId(result, requestId) };
    if (options.checksAnswers) checkAnswer(definition, result);
    return answerOf(definition.status, result, { ...headers, "x-request-id": requestId });
  }

  return {
    definition,
    async answer(request) {
      const startedAt = clock.monotonic();
      const requestId = makeRequestId();
      let status: number = definition.status;
      try {
        const answer = await run(request, requestId);
        if (answer.kind === "response") status = answer.response.status;
        return answer;
      } catch (error) {
        const failure = errorAnswer(error, requestId, log);
        status = failure.status;
        return answerOf(failure.status, failure.body, {
          ...headers,
          ...failure.headers,

          "x-request-id": requestId,
        });
      } finally {
        observe?.(definition, status, clock.monotonic() - startedAt);
      }
    },
  };
}

type Identified = { caller: Caller; isStillAllowed: () => Promise<boolean> };

/** Finds the caller, counts the request, and checks what the route asks for. */
function createIdentification(
  { access, isUnlimited }: RouteDefinition,
  { authenticate, authenticateDevice, limits, allowedOrigins, log }: EndpointOptions,
): (request: IncomingRequest) => Promise<Identified> {
  const nobody: Caller = { kind: "nobody" };

  async function find(credentials: RequestCredentials, address: string): Promise<Caller> {
    try {
      if (access.by === "device" && authenticateDevice && credentials.bearer?.startsWith("md_")) {
        return await authenticateDevice(credentials.bearer);
      }
      return await authenticate(credentials);
    } catch (error) {
      // Only the failed ones count against an address, so that nobody is locked out by a neighbour who guesses.
      if (error instanceof MusterError && error.code === "unauthenticated") limits.count(nobody, address);
      throw error;
    }
  }

  return async (request) => {
    const { address } = request;
    if (access.by === "public") {
      if (!isUnlimited) limits.count(nobody, address);
      return { caller: nobody, isStillAllowed: async () => true };
    }
    const credentials = readCredentials(request.header);
    const caller = await find(credentials, address);
    if (!isUnlimited || caller.kind === "nobody") limits.count(caller, address);
    checkAccess(access, caller);
    if (caller.kind === "user") {
      checkOrigin({ method: request.method, origin: request.header("origin") }, allowedOrigins);
    }
    const isStillAllowed = async () => {
      try {
        checkAccess(access, await authenticate(credentials));
        return true;
      } catch (error) {
        log.debug({ err: error }, "A credential of an open stream is no longer accepted");
        return false;
      }
    };
    return { caller, isStillAllowed };
  };
}

/** Reads and parses what the definition declares; parts it does not declare are undefined. */
function createInputReader(definition: RouteDefinition) {
  const {
    params,
    query,
    body,
    readBody,
    maxBodyBytes = DEFAULT_MAX_BODY_BYTES,
    acceptsCompressed = false,
  } = definition;
  const querySchema = query && withoutUnknownNames(query);

  async function readDeclaredBody(request: IncomingRequest): Promise<unknown> {
    if (!body) return undefined;
    const contentEncoding = request.header("content-encoding");
    checkBodyHead(
      {
        contentType: request.header("content-type"),
        contentLength: request.header("content-length"),
        contentEncoding,
      },
      { maxBytes: maxBodyBytes, acceptsCompressed },
    );
    const bytes = await request.readBytes(maxBodyBytes);
    const json = readJson(contentEncoding ? await inflateBody(bytes, contentEncoding, maxBodyBytes) : bytes);
    return readBody ? readBody(json) : parseInput(body, json, "body");
  }

  return async (request: IncomingRequest) => {
    if (params) refuseHostileText(request.params, "path");
    return {
      params: params && parseInput(params, request.params, "path"),
      query: querySchema && parseInput(querySchema, readQuery(request.search), "query"),
      body: await readDeclaredBody(request),
    };
  };
}

function checkAnswer({ method, path, answer }: RouteDefinition, result: unknown): void {
  const checked = answer?.safeParse(result);
  if (checked?.error)
    throw new Error(`The answer of ${method} ${path} is not what its schema says`, { cause: checked.error });
  if (!answer && result !== undefined) throw new Error(`${method} ${path} answers a body and declares none`);
}

function answerOf(status: AnswerStatus, result: unknown, headers: Record<string, string>): EndpointAnswer {
  return { kind: "json", status, headers, body: result === undefined ? null : JSON.stringify(result) };
}

// Not by instanceof: the server adapter puts its own class in the place of Response, beside those made before.
function isResponse(result: unknown): result is Response {
  return Object.prototype.toString.call(result) === "[object Response]";
}

function withRequestId(response: Response, requestId: string): Response {
  if (!response.headers.has("x-hono-already-sent")) response.headers.set("x-request-id", requestId);
  return response;
}
