import { ORGANIZATION_HEADER } from "@muster/shared/protocol/agent-protocol.ts";
import type { Answers } from "./answer-schemas.ts";
import { ApiError, failureOf, networkFailure } from "./api-error.ts";
import { currentOrganization, sessionEnded } from "./session.ts";

export type QueryValue = string | number | boolean | readonly string[] | undefined;

export type ApiRequest = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  query?: Readonly<Record<string, QueryValue>>;
  body?: unknown;
  signal?: AbortSignal;
  /** The version that the request changes: if somebody else changed it, it is refused with `precondition-failed`. `*` is any. */
  ifMatch?: number | "*";
  /** Set by sign-in and set-up, whose 401 means wrong input and not an ended session. */
  isAnonymous?: boolean;
  /** An API key in place of the session. */
  bearer?: string | undefined;
};

/**
 * Asks the server. `answer` names what comes back; development builds parse it with its schema. Throws `ApiError`; a 401
 * ends the session in this page.
 */
export async function callApi<Name extends keyof Answers>(
  answer: Name,
  path: string,
  request: ApiRequest = {},
): Promise<Answers[Name]> {
  const response = await send(path, request);
  if (!response.ok) {
    const failure = await failureOf(response);
    if (failure.status === 401 && !request.isAnonymous) sessionEnded();
    throw failure;
  }
  const body: unknown = response.status === 204 ? null : await response.json();
  return checked(answer, body);
}

async function send(path: string, request: ApiRequest): Promise<Response> {
  const headers = new Headers({ accept: "application/json" });
  const organization = currentOrganization();
  if (request.bearer !== undefined) headers.set("authorization", `Bearer ${request.bearer}`);
  else if (organization) headers.set(ORGANIZATION_HEADER, organization);
  if (request.body !== undefined) headers.set("content-type", "application/json");
  if (request.ifMatch !== undefined)
    headers.set("if-match", request.ifMatch === "*" ? "*" : `"${request.ifMatch}"`);
  try {
    return await fetch(`${path}${queryString(request.query)}`, {
      method: request.method ?? "GET",
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal: request.signal ?? null,
      credentials: request.bearer === undefined ? "same-origin" : "omit",
    });
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    throw networkFailure(cause);
  }
}

/** A query with repeated names for lists; undefined values are left out. */
function queryString(query: ApiRequest["query"] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const values = Array.isArray(value) ? value : [value];
    for (const item of values) parameters.append(name, String(item));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

async function checked<Name extends keyof Answers>(answer: Name, body: unknown): Promise<Answers[Name]> {
  if (import.meta.env.DEV) {
    const { answerSchemas } = await import("./answer-schemas.ts");
    const parsed = answerSchemas[answer].safeParse(body);
    if (!parsed.success) {
      throw new ApiError({ code: "internal", message: `${answer}: ${parsed.error.message}`, status: 0 });
    }
  }
  return trusted(body);
}

// Safe because the server parses what it answers against the same schemas, and development builds parse it here again.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters -- see above
const trusted = <Value>(body: unknown): Value => body as Value;
