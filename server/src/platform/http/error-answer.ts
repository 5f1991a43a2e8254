import type { ErrorBody, ErrorCode } from "@muster/shared/errors.ts";
import { isTransientFailure } from "../database/transient-failure.ts";
import type { Logger } from "../logging/logger.ts";
import { MusterError } from "../errors.ts";
import { etagOf } from "./if-match.ts";

/** The only mapping from codes to statuses. */
export const STATUS_BY_CODE = {
  "bad-request": 400,
  unauthenticated: 401,
  forbidden: 403,
  "enrolment-refused": 403,
  "not-found": 404,
  conflict: 409,
  behind: 409,
  "precondition-failed": 412,
  "too-large": 413,
  "unsupported-media-type": 415,
  "misdirected-request": 421,
  "precondition-required": 428,
  "rate-limited": 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

export type ErrorAnswer = {
  status: (typeof STATUS_BY_CODE)[ErrorCode];
  headers: Record<string, string>;
  body: ErrorBody;
};

/** Sent as Retry-After when the database does not answer. */
const DATABASE_RETRY_AFTER_S = 5;

/**
 * Turns any error into an answer: a transient failure of the database becomes `unavailable`; any other unexpected error is logged and
 * becomes `internal` without details.
 */
export function errorAnswer(error: unknown, requestId: string, log: Logger): ErrorAnswer {
  const { code, message, details, retryAfterS, numbering, current } = asMusterError(error, requestId, log);
  return {
    status: STATUS_BY_CODE[code],
    headers: {
      ...(retryAfterS !== undefined && { "retry-after": String(Math.ceil(retryAfterS)) }),
      ...(current && { etag: etagOf(current.version) }),
    },
    body: {
      error: {
        code,
        message,
        requestId,
        ...(details.length > 0 && { details: [...details] }),
        ...(numbering && { numbering }),
        ...(current && { current }),
      },
    },
  };
}

function asMusterError(error: unknown, requestId: string, log: Logger): MusterError {
  if (error instanceof MusterError) return error;
  if (isTransientFailure(error)) {
    log.warn({ reason: error.message, requestId }, "A request failed because the database is unavailable");
    return new MusterError("unavailable", "The database does not answer at the moment. Try again.", {
      retryAfterS: DATABASE_RETRY_AFTER_S,
    });
  }
  log.error({ err: error, requestId }, "A request failed unexpectedly");
  return new MusterError("internal", "The server failed unexpectedly. Try again later.");
}
