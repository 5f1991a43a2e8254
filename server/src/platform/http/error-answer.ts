import type { ErrorBody, ErrorCode } from "@muster/shared/errors.ts";
import { isTransientFailure } from "../database/transient-failure.ts";
import type { Logger } from "../logging/logger.ts";
import { MusterError } from "../errors.ts";

/** The one table from codes to statuses. */
export const STATUS_BY_CODE = {
  "bad-request": 400,
  unauthenticated: 401,
  forbidden: 403,
  "enrolment-refused": 403,
  "not-found": 404,
  conflict: 409,
  "too-large": 413,
  "unsupported-media-type": 415,
  "rate-limited": 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

export type ErrorAnswer = {
  status: (typeof STATUS_BY_CODE)[ErrorCode];
  headers: Record<string, string>;
  body: ErrorBody;
};

/** Seconds after which a client may ask a database again that did not answer. */
const DATABASE_RETRY_AFTER_S = 5;

/**
 * Makes any failure an answer: of a database that cannot work for the moment `unavailable`; what is no MusterError either is
 * logged whole and leaves as `internal`, which says nothing.
 */
export function errorAnswer(error: unknown, requestId: string, log: Logger): ErrorAnswer {
  const { code, message, details, retryAfterS } = asMusterError(error, requestId, log);
  return {
    status: STATUS_BY_CODE[code],
    headers: retryAfterS === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterS)) },
    body: { error: { code, message, requestId, ...(details.length > 0 && { details: [...details] }) } },
  };
}

function asMusterError(error: unknown, requestId: string, log: Logger): MusterError {
  if (error instanceof MusterError) return error;
  if (isTransientFailure(error)) {
    log.warn({ reason: error.message, requestId }, "A request failed for want of the database");
    return new MusterError("unavailable", "The database does not answer at the moment: try again.", {
      retryAfterS: DATABASE_RETRY_AFTER_S,
    });
  }
  log.error({ err: error, requestId }, "A request failed unexpectedly");
  return new MusterError("internal", "Something went wrong here. Try again later.");
}
