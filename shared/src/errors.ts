import { z } from "zod";
import { Numbering } from "./contracts/epoch.ts";

/** Every code that a native route can answer. A client decides by the code, a person reads the message. */
export const ERROR_CODES = [
  "bad-request",
  "unauthenticated",
  "forbidden",
  "not-found",
  "conflict",
  "precondition-failed",
  "precondition-required",
  "behind",
  "too-large",
  "unsupported-media-type",
  "rate-limited",
  "unavailable",
  "internal",
  "enrolment-refused",
  "misdirected-request",
] as const;

export const ErrorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** One thing that is wrong with the input: where (a dotted path, empty for the whole) and what to do about it. */
export const ErrorDetail = z.object({ path: z.string(), message: z.string() });
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** The one error body of the native API. */
export const ErrorBody = z.object({
  error: z.object({
    code: ErrorCode,
    message: z.string(),
    requestId: z.string(),
    details: z.array(ErrorDetail).optional(),
    /** Beside "behind": where the server's numbering stands. */
    numbering: Numbering.optional(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
