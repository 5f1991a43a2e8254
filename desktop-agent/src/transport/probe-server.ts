import type { IncomingMessage } from "node:http";
import { explainConnectionError } from "@muster/shared/system-errors.ts";
import { NO_PROXY, type ProxyFor } from "./proxy.ts";
import type { ServerAddress } from "./server-address.ts";
import { createWebClient } from "./web-client.ts";

export type ServerProbe =
  /**
   * `isMuster`: whether it answers as a Muster server does. `clockAheadMs`: how far this machine's clock is ahead of the server's, null
   * when the server does not say.
   */
  | { kind: "reached"; status: number; isMuster: boolean; clockAheadMs: number | null }
  /** `code` and `cause` are Node's or OpenSSL's; the code is empty when there was none, "TIMEOUT" when there was no answer in time. */
  | { kind: "failed"; reason: string; cause: string; code: string };

const TIMEOUT_MS = 5000;
const MAX_HEALTH_BYTES = 4096;

/**
 * Asks for the server's health, for diagnosis. Certificates are verified as for reports. `limitMs` is for
 * the whole answer: one that comes a byte at a time is none.
 */
export function probeServer(
  address: ServerAddress,
  wallMs: () => number,
  limitMs = TIMEOUT_MS,
  proxyFor: ProxyFor = NO_PROXY,
): Promise<ServerProbe> {
  const web = createWebClient(address, proxyFor(address.url), { keepAlive: false });
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) =>
      resolve({
        kind: "failed",
        reason: explainConnectionError(error),
        cause: error.message,
        code: error.code ?? "",
      });
    const call = web.request("/api/health", {});
    call.end();
    call.once("response", (response) => {
      const serverMs = Date.parse(response.headers.date ?? "");
      const clockAheadMs = Number.isNaN(serverMs) ? null : wallMs() - serverMs;
      const status = response.statusCode ?? 0;
      readStart(response).then(
        (text) => resolve({ kind: "reached", status, isMuster: isHealth(text), clockAheadMs }),
        fail,
      );
    });
    AbortSignal.timeout(limitMs).addEventListener("abort", () => {
      fail(
        Object.assign(new Error(`The server did not answer within ${limitMs / 1000} s.`), {
          code: "TIMEOUT",
        }),
      );
      call.destroy();
    });
    call.on("error", fail);
  });
}

async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_HEALTH_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function isHealth(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null && "status" in body && "database" in body;
  } catch {
    return false; // Any page of any other server.
  }
}
