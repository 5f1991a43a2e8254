/** An error that the server answered. Decide by `code`; `message` is for people. */
export class MusterError extends Error {
  readonly status: number;
  /** The code in the API document, such as "not-found"; null when the answer is not Muster's, from a proxy for example. */
  readonly code: string | null;
  /** Finds the request in the server's log. */
  readonly requestId: string | null;
  /** With "precondition-failed": the version that is stored now. */
  readonly current: { version: number; updatedAt: string | null; updatedBy: string | null } | null;

  constructor(status: number, body: unknown) {
    const { code, message, requestId, current } = errorOf(body);
    super(message ?? `The server answered ${status}.`);
    this.name = "MusterError";
    this.status = status;
    this.code = code ?? null;
    this.requestId = requestId ?? null;
    this.current = current ?? null;
  }
}

/** The answer of a request. Throws MusterError when the server answered an error. */
export function dataOf<Data>(result: { data?: Data; error?: unknown; response: Response }): Data {
  if (!result.response.ok) throw new MusterError(result.response.status, result.error);
  // oxlint-disable-next-line no-unsafe-type-assertion -- without an error there is data, undefined for 204
  return result.data as Data;
}

type ErrorFields = {
  code?: string;
  message?: string;
  requestId?: string;
  current?: NonNullable<MusterError["current"]>;
};

function errorOf(body: unknown): ErrorFields {
  if (typeof body !== "object" || body === null || !("error" in body)) return {};
  const { error } = body;
  return typeof error === "object" && error !== null ? error : {};
}
