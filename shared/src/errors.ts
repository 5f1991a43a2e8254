import { z } from "zod";
import { EditInfo } from "./contracts/edit-info.ts";
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

/** What went wrong. A client decides by it. */
export const ErrorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** One thing that is wrong with the input: where (a dotted path, empty for the whole) and what to do about it. */
export const ErrorDetail = z.object({
  /** Dotted path of the field; empty for the whole input. */
  path: z.string(),
  /** What is wrong with it. */
  message: z.string(),
});
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** The one error body of the native API. */
export const ErrorBody = z.object({
  /** The error. */
  error: z.object({
    /** What went wrong. A client decides by it. */
    code: ErrorCode,
    /** The error as a sentence. */
    message: z.string(),
    /** Id of the request, which the server's log has too. */
    requestId: z.string(),
    /** Each field that is not valid. */
    details: z.array(ErrorDetail).optional(),
    /** Beside "behind": where the server's numbering stands. */
    numbering: Numbering.optional(),
    /** Beside "precondition-failed": the version that it has now. */
    current: EditInfo.optional(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
