import type { ErrorBody, ErrorCode } from "@muster/shared/errors.ts";
import type { Logger } from "../logging/logger.ts";
import { MusterError } from "../errors.ts";

/** The one table from codes to statuses. */
export const STATUS_OF = {
  "bad-request": 400,
  "clock-out-of-range": 400,
  unauthenticated: 401,
  forbidden: 403,
  "enrolment-refused": 403,
  "machine-mismatch": 403,
  "approval-pending": 403,
  "not-found": 404,
  conflict: 409,
  gone: 410,
  "too-large": 413,
  "unsupported-media-type": 415,
  "rate-limited": 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

export type ErrorAnswer = {
  status: (typeof STATUS_OF)[ErrorCode];
  headers: Record<string, string>;
  body: ErrorBody;
};

/** Makes any failure an answer. What is no MusterError is logged whole and leaves as `internal`, which says nothing. */
export function errorAnswer(error: unknown, requestId: string, log: Logger): ErrorAnswer {
  if (!(error instanceof MusterError)) {
    log.error({ err: error, requestId }, "A request failed unexpectedly");
    return errorAnswer(
      new MusterError("internal", "Something went wrong here. Try again later."),
      requestId,
      log,
    );
  }
  const { code, message, details, retryAfterS } = error;
  return {
    status: STATUS_OF[code],
    headers: retryAfterS === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterS)) },
    body: { error: { code, message, requestId, ...(details.length > 0 && { details: [...details] }) } },
  };
}
