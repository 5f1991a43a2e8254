/** How long a connection may take, in milliseconds. */
export type ConnectionTimeouts = {
  /** From the connection to the end of its TLS handshake. */
  handshakeMs: number;
  /** From the connection, or the first byte of a request, to the end of its head. */
  headMs: number;
  /** From the first byte of a request to the end of its body. */
  requestMs: number;
  /** Between two requests. Above the report interval, so that a device keeps its connection. */
  keepAliveMs: number;
  /** From the answer to a request that took too long to the end of its connection. */
  lingerMs: number;
  /** Time in which a client reads nothing of what waits for it. */
  unreadMs: number;
  /** How often all of this is checked. */
  checkMs: number;
};

export const DEFAULT_CONNECTION_TIMEOUTS: ConnectionTimeouts = {
  handshakeMs: 10_000,
  headMs: 20_000,
  requestMs: 60_000,
  keepAliveMs: 75_000,
  lingerMs: 1_000,
  unreadMs: 30_000,
  checkMs: 1_000,
};
