import { z } from "zod";
import { EditInfo } from "./contracts/edit-info.ts";
import { Numbering } from "./contracts/epoch.ts";

/** All error codes of the API. Programs use the code, users read the message. */
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

/** Code of the error, for programs. */
export const ErrorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** One invalid field of the input. */
export const ErrorDetail = z.object({
  /** Dotted path of the field; empty for the whole input. */
  path: z.string(),
  /** What is wrong, to be read after the name of the field. */
  message: z.string(),
});
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** Body of every error answer. */
export const ErrorBody = z.object({
  /** The error. */
  error: z.object({
    /** Code of the error, for programs. */
    code: ErrorCode,
    /** The error as a sentence. */
    message: z.string(),
    /** Id of the request, also in the server's log. */
    requestId: z.string(),
    /** All invalid fields. */
    details: z.array(ErrorDetail).optional(),
    /** With the code "behind": the last report number that the server knows. */
    numbering: Numbering.optional(),
    /** Beside "precondition-failed": the version that it has now. */
    current: EditInfo.optional(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
