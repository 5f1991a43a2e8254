import type { ErrorBody, ErrorCode, ErrorDetail } from "@muster/shared/errors.ts";

/** Why a request failed: the server's own code, or `network` when no answer came. */
export type FailureCode = ErrorCode | "network";

/** A failed request. `status` is 0 without an answer; `retryAtMs` is set when the server said when to come back, epoch milliseconds. */
export class ApiError extends Error {
  readonly code: FailureCode;
  readonly status: number;
  readonly requestId: string | null;
  readonly details: readonly ErrorDetail[];
  readonly retryAtMs: number | null;

  constructor(failure: {
    code: FailureCode;
    message: string;
    status: number;
    requestId?: string | null;
    details?: readonly ErrorDetail[];
    retryAtMs?: number | null;
  }) {
    super(failure.message);
    this.name = "ApiError";
    this.code = failure.code;
    this.status = failure.status;
    this.requestId = failure.requestId ?? null;
    this.details = failure.details ?? [];
    this.retryAtMs = failure.retryAtMs ?? null;
  }
}

export function networkFailure(cause: unknown): ApiError {
  return new ApiError({ code: "network", message: String(cause), status: 0 });
}

/** Reads a failed answer; one that is not Muster's error body comes from something in between, such as a proxy. */
export async function failureOf(response: Response): Promise<ApiError> {
  const retryAfterS = Number(response.headers.get("retry-after") ?? Number.NaN);
  const common = {
    status: response.status,
    retryAtMs: Number.isFinite(retryAfterS) ? Date.now() + retryAfterS * 1_000 : null,
  };
  const body: unknown = await response.json().catch(() => null);
  if (isErrorBody(body)) return new ApiError({ ...body.error, ...common });
  const code = response.status >= 500 ? "unavailable" : "internal";
  return new ApiError({ code, message: `HTTP ${response.status}`, ...common });
}

function isErrorBody(body: unknown): body is ErrorBody {
  return (
    typeof body === "object" &&
    body !== null &&
    "error" in body &&
    typeof body.error === "object" &&
    body.error !== null &&
    "code" in body.error
  );
}
