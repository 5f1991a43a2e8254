import { createRequestId } from "../crypto/ids.ts";
import { MusterError } from "../errors.ts";
import { honoursIdempotencyKey, IDEMPOTENCY_HEADER } from "../idempotency/idempotency.ts";
import { measureWorkFor, withWorkMeter } from "../work-meter.ts";
import { EncodedJson } from "./encoded-json.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import { type ErrorAnswer, errorAnswer } from "./error-answer.ts";
import { HandlerRequest } from "./handler-request.ts";
import { createCallerIdentification, type Identified } from "./caller-identification.ts";
import { type IncomingRequest, withCachedBody } from "./incoming-request.ts";
import { createInputReader } from "./request-input.ts";
import { etagOf } from "./if-match.ts";
import type { Route, RouteDefinition } from "./route.ts";
import { API_HEADERS, HOT_PATH_HEADERS, STRICT_TRANSPORT } from "./security-headers.ts";

export type AnswerStatus = RouteDefinition["status"] | ErrorAnswer["status"];

/** A finished answer: headers in lower case, a body of JSON or none. */
export type EndpointAnswer = {
  kind: "json";
  status: AnswerStatus;
  headers: Record<string, string>;
  body: string | null;
};

/** A callable route. It handles everything from the request id to the error body. */
export type Endpoint = {
  definition: RouteDefinition;
  answer(request: IncomingRequest): Promise<EndpointAnswer | { kind: "response"; response: Response }>;
};

/** Creates the endpoint of a route. */
export function createEndpoint({ definition, handle }: Route, options: EndpointOptions): Endpoint {
  const { clock, log, makeRequestId = createRequestId, observe } = options;
  const identify = createCallerIdentification(definition, options);
  const readInput = createInputReader(definition);
  const honoursKey = honoursIdempotencyKey(definition);
  const headers = definition.isHotPath
    ? HOT_PATH_HEADERS
    : { ...API_HEADERS, ...(options.isHttps && STRICT_TRANSPORT) };

  async function answerTo(request: IncomingRequest, requestId: string, identified: Identified) {
    const { account } = identified;
    const input = await readInput(request, account);
    const run = async () => {
      const result = await handle(new HandlerRequest({ input, requestId, request, log, ...identified }));
      if (isResponse(result))
        return { kind: "response" as const, response: withRequestId(result, requestId) };
      if (options.checksAnswers) checkAnswer(definition, result);
      return measureWorkFor(account, () =>
        answerOf(definition.status, result, {
          ...headers,
          ...versionHeader(definition, result),
          "x-request-id": requestId,
        }),
      );
    };
    const key = honoursKey ? request.header(IDEMPOTENCY_HEADER) : undefined;
    if (key === undefined || !options.idempotency) return run();
    const { caller } = identified;
    const performed = await options.idempotency.perform({ caller, key, definition, input }, run, (result) =>
      result.kind === "json" ? result : null,
    );
    if (!performed.isRepeated) return performed.result;
    const { body } = performed.answer;
    return answerOf(definition.status, body === null ? undefined : new EncodedJson(body), {
      ...headers,
      ...(body !== null && versionHeader(definition, JSON.parse(body))),
      "idempotency-replayed": "true",
      "x-request-id": requestId,
    });
  }

  function failureOf(error: unknown, requestId: string) {
    const failure = errorAnswer(error, requestId, log);
    if (!definition.wire) return failure;
    const { code, message } = failure.body.error;
    const known = error instanceof MusterError ? error : new MusterError(code, message);
    return { headers: failure.headers, ...definition.wire.failureOf(known) };
  }

  return {
    definition,
    async answer(incoming) {
      const startedAt = clock.monotonic();
      const requestId = makeRequestId();
      let status: number = definition.status;
      try {
        const request = definition.wire ? withCachedBody(incoming) : incoming;
        const identified = await identify(request);
        const answering = () => answerTo(request, requestId, identified);
        // A context that follows the request costs more than a hot-path handler does beside the measured parts.
        const answer = await (definition.isHotPath
          ? answering()
          : withWorkMeter(identified.account, answering));
        if (answer.kind === "response") status = answer.response.status;
        return answer;
      } catch (error) {
        const failure = failureOf(error, requestId);
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

function checkAnswer({ method, path, answer }: RouteDefinition, result: unknown): void {
  const checked = answer?.safeParse(result instanceof EncodedJson ? JSON.parse(result.text) : result);
  if (checked?.error)
    throw new Error(`The answer of ${method} ${path} does not match its schema.`, { cause: checked.error });
  if (!answer && result !== undefined)
    throw new Error(`${method} ${path} answers with a body but declares none.`);
}

function answerOf(status: AnswerStatus, result: unknown, headers: Record<string, string>): EndpointAnswer {
  if (result !== undefined) return { kind: "json", status, headers, body: encode(result) };
  const { "content-type": _, ...rest } = headers;
  return { kind: "json", status, headers: rest, body: null };
}

/** The ETag of an answer whose schema has a `version`: a number for what members edit, a text for what is read again and again. */
function versionHeader({ hasVersion, isConditional }: RouteDefinition, result: unknown): { etag?: string } {
  if (typeof result !== "object" || result === null || !("version" in result)) return {};
  const { version } = result;
  if (hasVersion && typeof version === "number") return { etag: etagOf(version) };
  return isConditional && typeof version === "string" ? { etag: `"${version}"` } : {};
}

function encode(result: unknown): string {
  return result instanceof EncodedJson ? result.text : JSON.stringify(result);
}

// Not instanceof: the server adapter replaces the global Response class.
function isResponse(result: unknown): result is Response {
  return Object.prototype.toString.call(result) === "[object Response]";
}

function withRequestId(response: Response, requestId: string): Response {
  if (!response.headers.has("x-hono-already-sent")) response.headers.set("x-request-id", requestId);
  return response;
}
