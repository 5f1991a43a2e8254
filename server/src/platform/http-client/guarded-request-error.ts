/** Why there is no answer. `forbidden-address` and `invalid-url` come before any connection. */
export type GuardedRequestErrorCode = "invalid-url" | "forbidden-address" | "timeout" | "unreachable";

/** A request of the guarded client that has no answer. The message is for members of the organization: it names no address. */
export class GuardedRequestError extends Error {
  override readonly name = "GuardedRequestError";
  readonly code: GuardedRequestErrorCode;

  constructor(code: GuardedRequestErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function forbiddenPlain(): GuardedRequestError {
  return new GuardedRequestError(
    "forbidden-address",
    "Plain http is only possible into networks that the operator of the server allows. Use https.",
  );
}

export function forbiddenAddress(): GuardedRequestError {
  return new GuardedRequestError(
    "forbidden-address",
    "The address leads into a private network. The operator of the server can allow it with MUSTER_WEBHOOK_ALLOW_PRIVATE.",
  );
}
