import type { EditInfo } from "@muster/shared/contracts/edit-info.ts";
import type { Numbering } from "@muster/shared/contracts/epoch.ts";
import type { ErrorCode, ErrorDetail } from "@muster/shared/errors.ts";

/** An expected failure with a code that the client can act on. Thrown by services; one place turns it into a response. */
export class MusterError extends Error {
  override readonly name = "MusterError";
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];
  /** Seconds after which a retry makes sense; sent as Retry-After. */
  readonly retryAfterS: number | undefined;
  /** With `behind`: where the numbering of the device stands. */
  readonly numbering: Numbering | undefined;
  /** With `precondition-failed`: the version that it has now. */
  readonly current: EditInfo | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: {
      details?: readonly ErrorDetail[];
      retryAfterS?: number;
      numbering?: Numbering;
      current?: EditInfo;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.code = code;
    this.details = more.details ?? [];
    this.retryAfterS = more.retryAfterS;
    this.numbering = more.numbering;
    this.current = more.current;
  }
}
