import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { MusterError } from "../errors.ts";
import type { Logger } from "../logging/logger.ts";
import { systemErrorCode } from "../start-error.ts";
import { errorAnswer } from "./error-answer.ts";
import { API_HEADERS } from "./security-headers.ts";

/**
 * Answers bytes that node:http cannot parse: not HTTP, or headers that are too long or incomplete. The connection ends `lingerMs` later,
 * whether the client closes it or not.
 */
export function createMalformedRequestHandler({
  log,
  lingerMs,
  hasHandshake,
}: {
  log: Logger;
  lingerMs: number;
  /** False for a TLS connection that cannot carry an answer yet. */
  hasHandshake: (socket: Socket) => boolean;
}): (error: Error, socket: Socket) => void {
  return (error, socket) => {
    // No answer to a client that has disconnected, that has its answer, or that sent nothing: a browser would take it as the answer to
    // its next request.
    const isAnswerable = socket.writable && socket.bytesWritten === 0 && socket.bytesRead > 0;
    if (!isAnswerable || !hasHandshake(socket)) return void socket.destroy();
    const requestId = randomUUID();
    const { status, body } = errorAnswer(failureOf(error), requestId, log);
    const text = JSON.stringify(body);
    const headers = { ...API_HEADERS, "x-request-id": requestId, "content-length": text.length };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const head = [`HTTP/1.1 ${status} ${REASON_PHRASES[status] ?? ""}`, "connection: close", ...lines];
    socket.end(`${head.join("\r\n")}\r\n\r\n${text}`);
    setTimeout(() => socket.destroy(), lingerMs).unref();
  };
}

const REASON_PHRASES: Record<number, string> = { 400: "Bad Request", 413: "Content Too Large" };

function failureOf(error: Error): MusterError {
  switch (systemErrorCode(error)) {
    case "HPE_HEADER_OVERFLOW":
      return new MusterError("too-large", "The headers of this request are too long.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new MusterError("bad-request", "The request was not complete in time.");
    default:
      return new MusterError("bad-request", "This is not a valid HTTP request.");
  }
}
