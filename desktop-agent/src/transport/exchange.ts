/** One request to the server, bounded in time. `path` is below the server's base address. */
export type ExchangeRequest = {
  path: string;
  headers: Record<string, string>;
  /** Null only reads. */
  body: string | Uint8Array | null;
  timeoutMs: number;
  signal?: AbortSignal;
};

/**
 * The request did not get through; `unknown` when the server may have received it all the same. `cause` has the system's own words for
 * the reason. `retryAfterMs` is how long the server asked to wait from now on, if it did.
 */
export type Unreached = {
  kind: "not-sent" | "unknown";
  reason: string;
  cause?: string;
  retryAfterMs?: number;
};

/**
 * What became of one request. `not-sent`: no byte of it can have reached the server. `unknown`: it may have been received,
 * though no answer came.
 */
export type ExchangeOutcome =
  | { kind: "answered"; status: number; body: string; retryAfter: string | null }
  | Unreached;

export type Exchange = {
  send(request: ExchangeRequest): Promise<ExchangeOutcome>;
  /** Closes kept connections; the next request opens a new one. */
  disconnect(): void;
};
