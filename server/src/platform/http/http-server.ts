import { readFileSync, unwatchFile, watchFile } from "node:fs";
import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { explainError } from "@muster/shared/system-errors.ts";
import type { Logger } from "../logging/logger.ts";
import { StartError, systemErrorCode } from "../start-error.ts";
import { createAddressConnections } from "./address-connections.ts";
import { createTrustedProxies, type TrustedProxies } from "./client-address.ts";
import { type ConnectionTimeouts, DEFAULT_CONNECTION_TIMEOUTS } from "./connection-timeouts.ts";
import { createMalformedRequestHandler } from "./malformed-request.ts";
import { drainBodyBeforeClose } from "./drain-before-close.ts";
import { handleSerially } from "./serial-requests.ts";
import { createUnreadOutput } from "./unread-output.ts";

const MAX_CONNECTIONS = 50_000;
const CERTIFICATE_CHECK_INTERVAL_MS = 60_000;
const IDLE_CHECK_INTERVAL_MS = 50;

export type HttpServer = {
  /** The port that it listens on, also when port 0 was requested. */
  readonly port: number;
  /** Answers requests with `listener` from now on. Before, every request gets 503 with Retry-After. */
  setListener(listener: RequestListener): void;
  /** Accepts no new connections, lets running requests end, and closes the rest after `graceMs`. */
  close(graceMs: number): Promise<void>;
};

type Options = {
  port: number;
  host: string;
  tls: { certFile: string; keyFile: string } | null;
  log: Logger;
  /** None by default. */
  trustedProxies?: TrustedProxies;
  timeouts?: Partial<ConnectionTimeouts> | undefined;
  /** Open connections of one address that is no trusted proxy. */
  maxConnectionsPerAddress?: number;
};

/** Starts to listen. Throws StartError when the port is in use or the certificate cannot be used. */
export async function listen({ port, host, tls, log, ...options }: Options): Promise<HttpServer> {
  const timeouts = { ...DEFAULT_CONNECTION_TIMEOUTS, ...options.timeouts };
  const { trustedProxies = createTrustedProxies([]), maxConnectionsPerAddress: max = MAX_CONNECTIONS } =
    options;
  const addressConnections = createAddressConnections({ max, trustedProxies, log });
  const unread = createUnreadOutput({ ...timeouts, trustedProxies, log });
  let answer: RequestListener = answerNotReady;
  const listener = handleSerially((incoming, outgoing) => {
    drainBodyBeforeClose(incoming);
    unread.addAnswer(incoming, outgoing);
    answer(incoming, outgoing);
  });
  const server = tls
    ? createHttpsServer(tls, listener, { timeouts, log })
    : createServer(httpOptions(timeouts), listener);
  server.maxConnections = MAX_CONNECTIONS;
  // Also before a TLS handshake, which costs more than the connection.
  server.on("connection", (socket: Socket) => addressConnections.add(socket));
  const ready = new WeakSet<Socket>();
  server.on(tls ? "secureConnection" : "connection", (socket: Socket) => {
    ready.add(socket);
    unread.addConnection(socket);
  });
  const { lingerMs } = timeouts;
  server.on(
    "clientError",
    createMalformedRequestHandler({ log, lingerMs, hasHandshake: (socket) => ready.has(socket) }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(new StartError(listenErrorMessage(error, port, host), { cause: error })),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    setListener(next) {
      answer = next;
    },
    async close(graceMs) {
      if (tls) unwatchFile(tls.certFile);
      await closeWithin(server, graceMs);
      unread.close();
    },
  };
}

const answerNotReady: RequestListener = (_incoming, outgoing) => {
  outgoing.writeHead(503, { "retry-after": "1", connection: "close" }).end();
};

function createHttpsServer(
  tls: { certFile: string; keyFile: string },
  listener: RequestListener,
  { timeouts, log }: { timeouts: ConnectionTimeouts; log: Logger },
) {
  const read = () => ({ cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) });
  try {
    const server = createTlsServer(
      { ...httpOptions(timeouts), handshakeTimeout: timeouts.handshakeMs, ...read() },
      listener,
    );
    watchFile(tls.certFile, { interval: CERTIFICATE_CHECK_INTERVAL_MS, persistent: false }, () => {
      try {
        server.setSecureContext(read());
        log.info("The certificate was renewed");
      } catch (error) {
        log.error({ err: error }, "The new certificate cannot be used. The old one stays in use");
      }
    });
    return server;
  } catch (error) {
    throw new StartError(
      "The certificate or its key cannot be used: check MUSTER_TLS_CERT_FILE and MUSTER_TLS_KEY_FILE.",
      {
        cause: error,
      },
    );
  }
}

function httpOptions({ keepAliveMs, headMs, requestMs, checkMs }: ConnectionTimeouts): ServerOptions {
  return {
    keepAliveTimeout: keepAliveMs,
    headersTimeout: headMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkMs,
    // Checked by the listener, which answers the health without Host.
    requireHostHeader: false,
  };
}

function listenErrorMessage(error: Error, port: number, host: string): string {
  switch (systemErrorCode(error)) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is in use: stop the program that listens there, or set MUSTER_PORT to another port.`;
    case "EACCES":
      return `Port ${port} needs more rights than this user has: set MUSTER_PORT to 1024 or higher.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is not an address of this computer: set MUSTER_HOST to one that is.`;
    default:
      return `Cannot listen on port ${port} of ${host}: ${explainError(error)}`;
  }
}

function closeWithin(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const idleCheck = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_INTERVAL_MS);
  const end = setTimeout(() => server.closeAllConnections(), graceMs);
  return closed.finally(() => {
    clearInterval(idleCheck);
    clearTimeout(end);
  });
}
